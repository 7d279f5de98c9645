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

/** Jetty's requests and responses as the server's. Never blocks. */
final class JettyHandler extends Handler.Abstract.NonBlocking {

    private static final System.Logger LOG = System.getLogger(JettyHandler.class.getName());

    private static final HttpField CHUNKED =
            new PreEncodedHttpField(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED.asString());

    private final Responder app;
    private final Origin origin;
    private final Connections connections;
    private final Backlog backlog;
    private final HeaderFields fields = new HeaderFields();
    private final Duration requestTimeout;
    private final boolean observed;

    /**
     * @param requestTimeout for a whole request
     * @param observed whether logs want to know more of a request than Jetty knows
     */
    JettyHandler(
            Responder app,
            Origin origin,
            Connections connections,
            Backlog backlog,
            Duration requestTimeout,
            boolean observed) {
        this.app = app;
        this.origin = origin;
        this.connections = connections;
        this.backlog = backlog;
        this.requestTimeout = requestTimeout;
        this.observed = observed;
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

    /** The one place where an answer fails by our own fault: a jar that was replaced can make any class missing. */
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
        Headers headers = origin.believed(sent, remote);
        Observed seen = observed ? Observed.begin(request, client(headers, remote)) : null;
        String target = RawTargets.of(request);
        RequestStream stream = RequestStream.of(request);
        Malformed.Reason malformed = Malformed.of(request, stream, target, sent.first("host"));
        if (malformed != null || target == null) {
            Malformed.Reason reason = malformed != null ? malformed : Malformed.Reason.badRequest("no target");
            Callback end = endOfRefusal(request, stream, callback);
            return refuse(reason.status(), reason.text(), reason.reason(), response, end);
        }
        String url;
        try {
            url = origin.of(headers, remote, request.isSecure());
        } catch (Origin.Refused e) {
            if (e.refusesFiles()) {
                String text = e.status() == 400 ? "Bad Request" : "Misdirected Request";
                return refuse(e.status(), text, e.getMessage(), response, endOfRefusal(request, stream, callback));
            }
            LOG.log(System.Logger.Level.INFO, "400 for " + target + " unless it is a file: " + e.getMessage());
            url = "";
        }
        RequestBody body = body(request, stream);
        // the Fetch standard's GET and HEAD have no body: one that is sent is dropped after the answer
        boolean takes =
                !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
        var asked = dev.kitbridge.server.Request.of(request.getMethod(), url, target, headers, takes ? body : null);
        RespondOptions options = RespondOptions.of(() -> origin.address(headers, remote))
                .withProtocol(request.getConnectionMetaData().getProtocol());
        CompletableFuture<dev.kitbridge.server.Response> answer = app.respond(asked, options);
        Callback drained = body == null ? callback : draining(body, callback);
        Callback completion = isWhole(answer) ? drained : await(request, body, answer, drained);
        answer.whenComplete((found, error) -> {
            if (seen != null && found != null) seen.answeredBy(found.source());
            // an app may have answered to half a body
            Throwable broken = body != null && body.failure() != null ? body.failure() : error;
            if (broken == null) {
                sendOrFail(found, request, stream, response, completion);
                return;
            }
            if (seen != null && !(broken instanceof HttpException)) seen.clientGone();
            if (found != null) found.discard();
            completion.failed(broken instanceof HttpException ? broken : new EofException(broken));
        });
        return true;
    }

    /** Whether nobody has to wait for it: a body that comes as it is made may stay silent for long. */
    private static boolean isWhole(CompletableFuture<dev.kitbridge.server.Response> answer) {
        if (!answer.isDone() || answer.isCompletedExceptionally()) return false;
        return !(answer.join().body() instanceof Body.Stream);
    }

    /** Sends a response, or fails: the future that {@code whenComplete} returns would keep an exception to itself. */
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
     * It is the app that takes its time, and a client that waits is not idle; one that leaves, or sends a body that is
     * none, has the answer cancelled.
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

    /** What is left of a body would be taken for the next request. */
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
     * Reads the body of an HTTP/2 request that was refused. Otherwise Jetty resets the stream with CANCEL, and a client
     * may drop the answer; only NO_ERROR says that it counts (RFC 9113, section 8.1). A tunnel has no end to wait for.
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

    /** Empty on a Unix socket. */
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
        // HTTP/2 names the host elsewhere; so does a target in absolute form, which counts (RFC 9112, section 3.2.2)
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
        backlog.expect(body);
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
            Outgoing outgoing = new Outgoing(response, stream, backlog, 0);
            // files in memory are outside the heap, and the same for all clients
            if (content.isDirect()) outgoing.writeShared(content, callback);
            else outgoing.write(true, content, callback);
        } else if (found.body() instanceof Body.FileRange file) {
            FileSending.send(file, request, new Outgoing(response, stream, backlog, 0), callback);
        } else if (found.body() instanceof Body.Stream body) {
            // else the end of the connection would end the body, and a body that breaks off would seem to be whole
            boolean chunks = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1;
            if (chunks && !response.getHeaders().contains(HttpHeader.CONTENT_LENGTH))
                response.getHeaders().put(CHUNKED);
            long held = body.length() < 0 ? Frame.WINDOW : Math.min(body.length(), Frame.WINDOW);
            StreamSending sending = new StreamSending(new Outgoing(response, stream, backlog, held), callback);
            request.addFailureListener(sending::cancel);
            body.publisher().subscribe(sending);
        }
    }

    /** HTTP/1.0 has no transfer codings: another reader may see another end of the body (RFC 9112, section 6.1). */
    private static boolean isFaulty(Request request) {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_0
                && request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    /** Without a length that nobody gave: of a response that is complete at once Jetty takes it for 0. */
    private static void sendHead(Response response, Callback callback) {
        if (response.getHeaders().contains(HttpHeader.CONTENT_LENGTH)) {
            response.write(true, BufferUtil.EMPTY_BUFFER, callback);
            return;
        }
        Callback last = Callback.from(() -> response.write(true, BufferUtil.EMPTY_BUFFER, callback), callback::failed);
        response.write(false, BufferUtil.EMPTY_BUFFER, last);
    }
}
