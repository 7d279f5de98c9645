package dev.kitbridge.adapters.jvm.run.front;

import dev.kitbridge.adapters.jvm.run.origin.Origin;
import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.RespondOptions;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
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
    private final boolean observed;

    /** @param observed whether logs want to know more of a request than Jetty knows */
    JettyHandler(Responder app, Origin origin, Connections connections, boolean observed) {
        this.app = app;
        this.origin = origin;
        this.connections = connections;
        this.observed = observed;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String remote = remote(request);
        Headers headers = origin.believed(headers(request), remote);
        Observed seen = observed ? Observed.begin(request, client(headers, remote)) : null;
        String target = RawTargets.of(request);
        String url;
        try {
            url = origin.of(headers, remote, request.isSecure());
        } catch (Origin.Refused e) {
            if (e.status() != 400) return refuse(e.status(), "Misdirected Request", e.getMessage(), response, callback);
            LOG.log(System.Logger.Level.INFO, "400 for " + target + " unless it is a file: " + e.getMessage());
            url = "";
        }
        if (target == null || !target.startsWith("/")) {
            return refuse(400, "Bad Request", "the target is '" + target + "'", response, callback);
        }
        RequestBody body = body(request);
        var asked = dev.kitbridge.server.Request.of(request.getMethod(), url, target, headers, body);
        RespondOptions options = new RespondOptions(
                () -> origin.address(headers, remote),
                request.getConnectionMetaData().getProtocol(),
                null,
                Map.of(),
                Map.of());
        CompletableFuture<dev.kitbridge.server.Response> answer = app.respond(asked, options);
        Callback drained = body == null ? callback : draining(body, callback);
        Callback completion = answer.isDone() ? drained : await(request, body, answer, drained);
        answer.whenComplete((found, error) -> {
            if (seen != null && found != null) seen.answeredBy(found.source());
            // an app may have answered to half a body
            Throwable broken = body != null && body.failure() != null ? body.failure() : error;
            if (broken == null) {
                answer(found, request, response, completion);
                return;
            }
            if (seen != null) seen.clientGone();
            if (found != null) found.discard();
            completion.failed(broken instanceof HttpException ? broken : new EofException(broken));
        });
        return true;
    }

    /** Sends a response, or fails: the future that {@code whenComplete} returns would keep an exception to itself. */
    private static void answer(
            dev.kitbridge.server.Response found, Request request, Response response, Callback completion) {
        try {
            send(found, request, response, completion);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "500 for " + request.getMethod() + " " + RawTargets.of(request) + ": the response cannot be sent",
                    e);
            found.discard();
            // Jetty answers with 500 unless the head was sent already, and closes the connection then
            completion.failed(e);
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
                    else body.drain(callback::succeeded);
                },
                callback::failed);
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
        for (HttpField field : request.getHeaders()) {
            String value = field.getValue();
            fields.add(field.getLowerCaseName());
            fields.add(value == null ? "" : value);
        }
        // HTTP/2 has it elsewhere
        String authority = framed(request) ? request.getHttpURI().getAuthority() : null;
        if (authority != null && !request.getHeaders().contains(HttpHeader.HOST)) {
            fields.add("host");
            fields.add(authority);
        }
        return Headers.of(fields.toArray(String[]::new));
    }

    private static boolean framed(Request request) {
        return request.getConnectionMetaData().getHttpVersion().getVersion() >= 20;
    }

    private static @Nullable RequestBody body(Request request) {
        if (request.getLength() == 0) return null;
        boolean announced = request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        if (!announced && !framed(request)) return null;
        if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) return null;
        return new RequestBody(request);
    }

    private static void send(
            dev.kitbridge.server.Response found, Request request, Response response, Callback callback) {
        response.setStatus(found.status());
        for (HttpField field : found.headers().as(HttpField[].class, JettyHandler::fields)) {
            // Jetty has set the clock's already
            if (field.getHeader() == HttpHeader.DATE) response.getHeaders().put(field);
            else response.getHeaders().add(field);
        }
        if (request.getMethod().equals("HEAD") || found.status() == 304) {
            found.discard();
            sendHead(response, callback);
        } else if (found.body() instanceof Body.Bytes bytes) {
            response.write(true, bytes.buffer(), callback);
        } else if (found.body() instanceof Body.FileRange file) {
            FileSending.send(file, request, response, callback);
        } else if (found.body() instanceof Body.Stream stream) {
            // else the end of the connection would end the body, and a body that breaks off would seem to be whole
            boolean chunks = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1;
            if (chunks && !response.getHeaders().contains(HttpHeader.CONTENT_LENGTH))
                response.getHeaders().put(CHUNKED);
            StreamSending sending = new StreamSending(response, callback);
            request.addFailureListener(sending::cancel);
            stream.publisher().subscribe(sending);
        }
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

    private static HttpField[] fields(Headers headers) {
        List<HttpField> fields = new ArrayList<>(headers.size());
        headers.forEach((name, value) -> {
            HttpHeader known = HttpHeader.CACHE.get(name);
            // how a body is framed is for the front to say
            if (known == HttpHeader.TRANSFER_ENCODING) return;
            fields.add(
                    known == null ? new PreEncodedHttpField(name, value) : new PreEncodedHttpField(known, name, value));
        });
        return fields.toArray(HttpField[]::new);
    }
}
