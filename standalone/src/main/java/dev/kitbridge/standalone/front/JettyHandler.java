package dev.kitbridge.standalone.front;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.internal.link.Frame;
import dev.kitbridge.standalone.origin.Origin;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Converts between Jetty's requests and responses and those of the server. Never blocks. */
final class JettyHandler extends Handler.Abstract.NonBlocking {

    private static final System.Logger LOG = System.getLogger(JettyHandler.class.getName());

    private static final HttpField CHUNKED =
            new PreEncodedHttpField(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED.asString());

    private final Responder app;
    private final Origin origin;
    private final Connections connections;
    private final BufferLimit buffers;
    private final HeaderFields fields = new HeaderFields();
    private final Duration requestTimeout;
    private final boolean logged;

    /**
     * @param requestTimeout for a whole request
     * @param logged whether a log needs {@link LogDetails}
     */
    JettyHandler(
            Responder app,
            Origin origin,
            Connections connections,
            BufferLimit buffers,
            Duration requestTimeout,
            boolean logged) {
        this.app = app;
        this.origin = origin;
        this.connections = connections;
        this.buffers = buffers;
        this.requestTimeout = requestTimeout;
        this.logged = logged;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        try {
            return answer(request, response, callback);
        } catch (Throwable e) {
            fail(request, e, callback);
            return true;
        }
    }

    /** Handles unexpected failures: after the jar was replaced, any class can be missing. */
    private static void fail(Request request, Throwable cause, Callback callback) {
        try {
            LOG.log(
                    System.Logger.Level.ERROR,
                    request.getMethod() + " " + RawTargets.of(request) + " could not be answered",
                    cause);
        } finally {
            callback.failed(cause);
        }
    }

    private boolean answer(Request request, Response response, Callback callback) {
        String remote = remote(request);
        Headers sent = headers(request);
        Headers headers = origin.trustedHeaders(sent, remote);
        LogDetails details = logged ? LogDetails.begin(request, client(headers, remote)) : null;
        String target = RawTargets.of(request);
        RequestStream stream = RequestStream.of(request);
        RequestCheck.Rejection rejection = RequestCheck.of(request, stream, target, sent.first("host"));
        if (rejection != null || target == null) {
            RequestCheck.Rejection reason =
                    rejection != null ? rejection : RequestCheck.Rejection.badRequest("no target");
            Callback end = endOfRefusal(request, stream, callback);
            return refuse(reason.status(), reason.text(), reason.reason(), response, end);
        }
        String url;
        try {
            url = origin.of(headers, remote, request.isSecure());
        } catch (Origin.Rejected e) {
            if (e.rejectsFiles()) {
                String text = e.status() == 400 ? "Bad Request" : "Misdirected Request";
                return refuse(e.status(), text, e.getMessage(), response, endOfRefusal(request, stream, callback));
            }
            LOG.log(System.Logger.Level.INFO, "400 for " + target + " unless it is a file: " + e.getMessage());
            url = "";
        }
        RequestBody body = body(request, stream);
        // GET and HEAD of the Fetch standard have no body; a body that a client sends is discarded after the response
        boolean takes =
                !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
        var asked = dev.kitbridge.server.Request.of(request.getMethod(), url, target, headers, takes ? body : null);
        RespondOptions options = RespondOptions.of(() -> origin.address(headers, remote))
                .withProtocol(request.getConnectionMetaData().getProtocol());
        CompletableFuture<dev.kitbridge.server.Response> answer = app.respond(asked, options);
        Callback drained = body == null ? callback : draining(body, callback);
        Callback completion = isWhole(answer) ? drained : await(request, body, answer, drained);
        answer.whenComplete((found, error) -> {
            if (details != null && found != null) details.answeredBy(found);
            // the app may have answered before the whole body arrived
            Throwable broken = body != null && body.failure() != null ? body.failure() : error;
            if (broken == null) {
                sendOrFail(found, request, stream, response, completion);
                return;
            }
            if (details != null && !(broken instanceof HttpException)) details.clientGone();
            if (found != null) found.discard();
            completion.failed(broken instanceof HttpException ? broken : new EofException(broken));
        });
        return true;
    }

    /** Returns whether the response is complete; a streamed body may pause for long. */
    private static boolean isWhole(CompletableFuture<dev.kitbridge.server.Response> answer) {
        if (!answer.isDone() || answer.isCompletedExceptionally()) return false;
        return !(answer.join().body() instanceof Body.Stream);
    }

    /** Sends a response. Exceptions are handled here, since the future of {@code whenComplete} would swallow them. */
    private void sendOrFail(
            dev.kitbridge.server.Response found,
            Request request,
            RequestStream stream,
            Response response,
            Callback completion) {
        try {
            send(found, request, stream, response, completion);
        } catch (Throwable e) {
            found.discard();
            // Jetty answers with 500 unless the head was sent already, and closes the connection then
            fail(request, e, completion);
        }
    }

    /**
     * Disables Jetty's idle timeout while the app works on the response. Cancels the response if the client disconnects
     * or its body is invalid.
     */
    private Callback await(
            Request request,
            @Nullable RequestBody body,
            CompletableFuture<dev.kitbridge.server.Response> answer,
            Callback callback) {
        request.addIdleTimeoutListener(timeout -> false);
        request.addFailureListener(answer::completeExceptionally);
        if (body != null) body.onFailure(answer::completeExceptionally);
        return connections.await(request, body, callback);
    }

    /** Reads the rest of the body after the response: otherwise it would be parsed as the next request. */
    private static Callback draining(RequestBody body, Callback callback) {
        return Callback.from(
                () -> {
                    if (body.isComplete()) callback.succeeded();
                    else body.drain(callback);
                },
                failure -> {
                    body.close();
                    callback.failed(failure);
                });
    }

    /**
     * Reads the body of a rejected HTTP/2 request. Otherwise Jetty resets the stream with CANCEL, and the client may
     * drop the response; only NO_ERROR keeps it (RFC 9113, section 8.1). The body of CONNECT has no end.
     */
    private Callback endOfRefusal(Request request, RequestStream stream, Callback callback) {
        boolean tunnel = HttpMethod.CONNECT.is(request.getMethod());
        RequestBody body = framed(request) && !tunnel ? body(request, stream) : null;
        return body == null ? callback : draining(body, callback);
    }

    private static boolean refuse(int status, String text, @Nullable String why, Response response, Callback callback) {
        LOG.log(System.Logger.Level.INFO, status + ": " + why);
        response.setStatus(status);
        Content.Sink.write(response, true, text, callback);
        return true;
    }

    /** Returns the address of the connection's other end; empty on a Unix socket. */
    private static String remote(Request request) {
        SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
        return remote instanceof InetSocketAddress ? Request.getRemoteAddr(request) : "";
    }

    private String client(Headers headers, String remote) {
        try {
            return origin.address(headers, remote);
        } catch (IllegalStateException e) {
            return remote;
        }
    }

    private static Headers headers(Request request) {
        List<String> fields = new ArrayList<>(2 * request.getHeaders().size() + 2);
        // the host is in :authority, or in an absolute target, which wins (RFC 9112, section 3.2.2)
        boolean absolute = RawTargets.isAbsolute(request);
        for (HttpField field : request.getHeaders()) {
            if (absolute && field.getHeader() == HttpHeader.HOST) continue;
            String value = field.getValue();
            fields.add(field.getLowerCaseName());
            fields.add(value == null ? "" : value);
        }
        String authority = absolute || framed(request) ? request.getHttpURI().getAuthority() : null;
        boolean named = !absolute && request.getHeaders().contains(HttpHeader.HOST);
        if (authority != null && !authority.isEmpty() && !named) {
            fields.add("host");
            fields.add(authority);
        }
        return Headers.of(fields.toArray(String[]::new));
    }

    private static boolean framed(Request request) {
        return request.getConnectionMetaData().getHttpVersion().getVersion() >= 20;
    }

    private @Nullable RequestBody body(Request request, RequestStream stream) {
        if (request.getLength() == 0) return null;
        boolean announced = request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        if (!announced && (!framed(request) || stream.isEmpty())) return null;
        RequestBody body = new RequestBody(request, stream, requestTimeout);
        buffers.expect(body);
        return body;
    }

    private void send(
            dev.kitbridge.server.Response found,
            Request request,
            RequestStream stream,
            Response response,
            Callback callback) {
        response.setStatus(found.status());
        for (HttpField field : fields.of(found)) {
            // Jetty has set the clock's already
            if (field.getHeader() == HttpHeader.DATE) response.getHeaders().put(field);
            else response.getHeaders().add(field);
        }
        if (isFaulty(request)) response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        if (request.getMethod().equals("HEAD") || found.status() == 304) {
            found.discard();
            sendHead(response, callback);
        } else if (found.body() instanceof Body.Bytes bytes) {
            ByteBuffer content = bytes.buffer();
            ResponseSink outgoing = new ResponseSink(response, stream, buffers, 0);
            // files in memory are outside the heap, and the same for all clients
            if (content.isDirect()) outgoing.writeShared(content, callback);
            else outgoing.write(true, content, callback);
        } else if (found.body() instanceof Body.FileRange file) {
            FileSending.send(file, request, new ResponseSink(response, stream, buffers, 0), callback);
        } else if (found.body() instanceof Body.Stream body) {
            // otherwise the end of the connection would end the body, and a truncated body would look complete
            boolean chunks = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1;
            if (chunks && !response.getHeaders().contains(HttpHeader.CONTENT_LENGTH))
                response.getHeaders().put(CHUNKED);
            long held = body.length() < 0 ? Frame.WINDOW : Math.min(body.length(), Frame.WINDOW);
            StreamSending sending = new StreamSending(new ResponseSink(response, stream, buffers, held), callback);
            request.addFailureListener(sending::cancel);
            body.publisher().subscribe(sending);
        }
    }

    /** HTTP/1.0 has no transfer codings: an intermediary may see another end of the body (RFC 9112, section 6.1). */
    private static boolean isFaulty(Request request) {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_0
                && request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    /** Sends a head in two writes if it has no length: Jetty would add {@code content-length: 0} to a single write. */
    private static void sendHead(Response response, Callback callback) {
        if (response.getHeaders().contains(HttpHeader.CONTENT_LENGTH)) {
            response.write(true, BufferUtil.EMPTY_BUFFER, callback);
            return;
        }
        Callback last = Callback.from(() -> response.write(true, BufferUtil.EMPTY_BUFFER, callback), callback::failed);
        response.write(false, BufferUtil.EMPTY_BUFFER, last);
    }
}
