package dev.kitbridge.servlet;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.Server;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers servlet requests with a SvelteKit app. No thread is held while a page is rendered, or while a stream or a
 * slow client is idle.
 */
public final class ServletFront {

    /** Larger bodies are not written on the request's own thread, which a slow client would hold. */
    private static final int BLOCKING_BYTES = 64 * 1024;

    /** Fields of a request that mean its body, or a response that the client has. */
    private static final Set<String> BODY_OR_CONDITION = Set.of(
            "content-length",
            "content-type",
            "content-encoding",
            "transfer-encoding",
            "expect",
            "range",
            "if-match",
            "if-none-match",
            "if-modified-since",
            "if-unmodified-since",
            "if-range");

    private static final System.Logger LOG = System.getLogger(ServletFront.class.getName());

    private final Server server;

    /** @param server answers the requests; it is not closed */
    public ServletFront(Server server) {
        this.server = server;
    }

    /**
     * Returns the options for a request, with its address, protocol and principal.
     *
     * @param attributes add members to {@code platform.attributes}; of two with the same name, the later counts
     */
    public static RespondOptions options(HttpServletRequest request, Collection<PlatformAttributes> attributes) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (PlatformAttributes each : attributes) members.putAll(each.of(request));
        return RespondOptions.of(request.getRemoteAddr())
                .withProtocol(request.getProtocol())
                .withPrincipal(request.getUserPrincipal())
                .withAttributes(members);
    }

    /**
     * Answers a request: at once if the response is known, else asynchronously.
     *
     * @throws IOException if the client has disconnected
     */
    public void respond(HttpServletRequest request, HttpServletResponse response, RespondOptions options)
            throws IOException {
        respond(request, response, options, found -> {}, found -> false);
    }

    /**
     * Answers a request, unless its caller declines the response. If a filter has wrapped the response with an output
     * stream of its own, the response is complete when this method returns.
     *
     * @param beforeHead called before the response's status and headers are set, when all filters have returned unless
     *     the response is known at once
     * @param declines whether the caller answers instead: then the request is dispatched again, and {@link #declined}
     *     returns the status of the response
     * @throws IOException if the client has disconnected
     */
    public void respond(
            HttpServletRequest request,
            HttpServletResponse response,
            RespondOptions options,
            Consumer<Response> beforeHead,
            Predicate<Response> declines)
            throws IOException {
        if (!RequestPath.isUnambiguous(request)) {
            reject(request, response);
            return;
        }
        boolean takesBody =
                !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
        boolean hasBody = takesBody && mayHaveBody(request);
        if (BufferedResponse.is(response)) {
            respondOnThread(request, response, hasBody, options, beforeHead, declines);
            return;
        }
        // a body can be read without blocking in an asynchronous request only
        AsyncRequest async = hasBody ? AsyncRequest.start(request, response) : null;
        RequestBody body = async == null ? null : new RequestBody(request, async);
        CompletableFuture<Response> answer = server.respond(asked(request, body), options);
        if (async == null) {
            if (isSmall(answer) && !declines.test(answer.join())) {
                beforeHead.accept(answer.join());
                write(answer.join(), response);
                if (isHeadOfStream(request, answer.join())) response.flushBuffer();
                return;
            }
            if (!request.isAsyncSupported()) answer.cancel(false);
            async = AsyncRequest.start(request, response);
        }
        new AsyncAnswer(request, response, async, answer, body, beforeHead, declines).await(response.getOutputStream());
    }

    /** Answers a request before this method returns, for filters that keep the response until then. */
    private void respondOnThread(
            HttpServletRequest request,
            HttpServletResponse response,
            boolean hasBody,
            RespondOptions options,
            Consumer<Response> beforeHead,
            Predicate<Response> declines)
            throws IOException {
        BlockingBody body = hasBody ? new BlockingBody(request.getInputStream()) : null;
        CompletableFuture<Response> answer = server.respond(asked(request, body), options);
        Response found;
        try {
            if (body != null) body.transfer(answer);
            found = answer.join();
        } catch (CompletionException | CancellationException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return;
        } catch (IOException e) {
            answer.thenAccept(Response::discard);
            answer.cancel(false);
            throw e;
        }
        if (declines.test(found)) {
            found.discard();
            response.sendError(found.status());
            return;
        }
        beforeHead.accept(found);
        write(found, response);
    }

    /**
     * Renders the page that a servlet, an authenticator or an error page has dispatched to, on the current thread: the
     * container ends the response when the dispatch returns. The page is asked for with GET and without the body, which
     * belongs to the request that was dispatched. A status of an error that was set before stays.
     *
     * @param beforeHead called before the response's status and headers are set
     * @throws IOException if the client has disconnected
     * @throws ServletException if the page could not be rendered
     */
    public void render(
            HttpServletRequest request,
            HttpServletResponse response,
            RespondOptions options,
            Consumer<Response> beforeHead)
            throws IOException, ServletException {
        Response found;
        try {
            found = server.respond(page(request), options).join();
        } catch (CompletionException | CancellationException e) {
            throw new ServletException(request.getRequestURI() + " could not be rendered", e.getCause());
        }
        int status = response.getStatus();
        beforeHead.accept(found);
        writeHead(found, response);
        if (status >= 400) response.setStatus(status);
        writeBody(found, response);
    }

    private static Request page(HttpServletRequest request) {
        boolean isHead = request.getMethod().equals("HEAD");
        Headers.Builder headers = Headers.builder();
        headers(request).forEach((name, value) -> {
            if (!BODY_OR_CONDITION.contains(name.toLowerCase(Locale.ROOT))) headers.add(name, value);
        });
        return Request.of(isHead ? "HEAD" : "GET", origin(request), target(request), headers.build(), null);
    }

    /** Returns the status of the response that was declined, or null if this request is no dispatch for one. */
    public static @Nullable Integer declined(HttpServletRequest request) {
        return (Integer) request.getAttribute(AsyncAnswer.DECLINED);
    }

    /** Returns a file or a redirect of the app, or null if a worker would have to answer. */
    public @Nullable Response file(HttpServletRequest request) {
        return server.file(asked(request, null));
    }

    /**
     * Breaks off a response that cannot be completed: the client must not take it for a complete one. A filter calls
     * this method for each request that is dispatched again.
     *
     * @throws ServletException if the response has failed; containers then close the connection or reset the stream
     */
    public static void rethrow(HttpServletRequest request) throws ServletException {
        if (request.getAttribute(AsyncAnswer.FAILURE) instanceof Throwable failure) {
            String message = "the response is incomplete: " + failure.getMessage();
            throw new ServletException(message, containersOwn(request, message).orElse(failure));
        }
    }

    /**
     * Returns Tomcat's own exception for a response that ends early. For any other, it adds the application's error
     * page to the incomplete response, and ends a stream of HTTP/2 as if it were complete.
     */
    private static Optional<Throwable> containersOwn(HttpServletRequest request, String message) {
        ClassLoader container = request.getServletContext().getClass().getClassLoader();
        try {
            Class<?> type = Class.forName("org.apache.catalina.connector.ClientAbortException", true, container);
            return Optional.of((Throwable) type.getConstructor(String.class).newInstance(message));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }

    private static void reject(HttpServletRequest request, HttpServletResponse response) throws IOException {
        LOG.log(
                Level.INFO,
                () -> "400 for " + request.getRequestURI() + ": the container takes it for " + request.getServletPath()
                        + ", the app does not");
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        response.setContentType("text/plain");
        response.getOutputStream().write("Bad Request".getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean isSmall(CompletableFuture<Response> answer) {
        if (!answer.isDone() || answer.isCompletedExceptionally()) return false;
        Body body = answer.join().body();
        return !(body instanceof Body.Stream) && body.length() <= BLOCKING_BYTES;
    }

    /** Writes a response on the current thread, which blocks if the client is slow. */
    public static void write(Response found, HttpServletResponse response) throws IOException {
        writeHead(found, response);
        writeBody(found, response);
    }

    private static void writeBody(Response found, HttpServletResponse response) throws IOException {
        if (found.body().length() == 0) return;
        ServletOutputStream out = response.getOutputStream();
        if (found.body() instanceof Body.Bytes bytes) write(bytes.buffer(), out);
        else found.body().transferTo(out);
    }

    static void write(ByteBuffer content, ServletOutputStream out) throws IOException {
        if (content.hasArray()) {
            out.write(content.array(), content.arrayOffset() + content.position(), content.remaining());
        } else {
            byte[] bytes = new byte[content.remaining()];
            content.get(bytes);
            out.write(bytes);
        }
    }

    static void writeHead(Response found, HttpServletResponse response) {
        response.setStatus(found.status());
        found.headers().forEach((name, value) -> {
            // the container frames the body
            if (name.equalsIgnoreCase("transfer-encoding")) return;
            if (name.equalsIgnoreCase("content-length")) response.setContentLengthLong(Long.parseLong(value));
            else if (isSingle(name)) response.setHeader(name, value);
            else response.addHeader(name, value);
        });
    }

    /**
     * Returns whether a response describes a body of unknown length; Jetty sends 0 for it unless the head is flushed.
     */
    static boolean isHeadOfStream(HttpServletRequest request, Response found) {
        boolean isHead = request.getMethod().equals("HEAD") || found.status() == HttpServletResponse.SC_NOT_MODIFIED;
        return isHead && found.headers().first("content-length") == null;
    }

    /** Returns whether the app's value replaces one that a filter has set. */
    private static boolean isSingle(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !lower.equals("set-cookie") && !lower.equals("vary") && !lower.equals("link");
    }

    private static Request asked(HttpServletRequest request, Flow.@Nullable Publisher<ByteBuffer> body) {
        return Request.of(request.getMethod(), origin(request), target(request), headers(request), body);
    }

    private static String target(HttpServletRequest request) {
        String query = request.getQueryString();
        String path = RequestPath.raw(request);
        return query == null ? path : path + "?" + query;
    }

    /** Returns the origin as the container knows it, from the host and from headers of a trusted proxy. */
    public static String origin(HttpServletRequest request) {
        return request.getScheme() + "://" + authority(request);
    }

    private static String authority(HttpServletRequest request) {
        int port = request.getServerPort();
        boolean isDefault = port <= 0 || port == (request.getScheme().equals("https") ? 443 : 80);
        return request.getServerName() + (isDefault ? "" : ":" + port);
    }

    private static Headers headers(HttpServletRequest request) {
        Headers.Builder headers = Headers.builder();
        Enumeration<String> names = request.getHeaderNames();
        while (names.hasMoreElements()) {
            String name = names.nextElement();
            for (String value : Collections.list(request.getHeaders(name))) headers.add(name, value);
        }
        // HTTP/2 names the host in another field
        if (request.getHeader("host") == null) headers.add("host", authority(request));
        return headers.build();
    }

    private static boolean mayHaveBody(HttpServletRequest request) {
        if (request.getContentLengthLong() > 0) return true;
        if (request.getContentLengthLong() == 0) return false;
        // HTTP/2 and HTTP/3 need neither field
        return request.getHeader("transfer-encoding") != null
                || !request.getProtocol().startsWith("HTTP/1");
    }
}
