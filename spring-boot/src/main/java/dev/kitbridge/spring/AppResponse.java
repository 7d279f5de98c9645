package dev.kitbridge.spring;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Response;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The response to a request that the app answers. Redirects and errors of filters before the app get the form that
 * SvelteKit's client, or a browser, expects of the app.
 */
final class AppResponse extends HttpServletResponseWrapper {

    /** Spring Security sets these before the app's response is known. */
    private static final Set<String> CACHING = Set.of("cache-control", "pragma", "expires");

    private final AppRequest request;
    private final SvelteKitApp app;
    private final HttpServletResponse original;

    /** Fields of filters that are sent only if the app says nothing about caching; null after the head is known. */
    private @Nullable Map<String, String> caching = new LinkedHashMap<>();

    AppResponse(AppRequest request, HttpServletResponse response, SvelteKitApp app) {
        super(response);
        this.request = request;
        this.app = app;
        this.original = response;
    }

    HttpServletResponse original() {
        return original;
    }

    /** Called before the app's status and headers are set. */
    void beforeHead(Headers own) {
        Map<String, String> deferred = caching;
        caching = null;
        if (deferred != null && own.first("cache-control") == null) deferred.forEach(super::setHeader);
    }

    /** Called when the filters have answered themselves. */
    void end() {
        if (caching != null && !isCommitted()) beforeHead(Headers.EMPTY);
    }

    @Override
    public void setHeader(String name, String value) {
        if (caching != null && CACHING.contains(name.toLowerCase(Locale.ROOT)))
            caching.put(name.toLowerCase(Locale.ROOT), value);
        else super.setHeader(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
        if (caching != null && CACHING.contains(name.toLowerCase(Locale.ROOT))) setHeader(name, value);
        else super.addHeader(name, value);
    }

    @Override
    public boolean containsHeader(String name) {
        return (caching != null && caching.containsKey(name.toLowerCase(Locale.ROOT))) || super.containsHeader(name);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        if (request.isForData()) json(200, "{\"type\":\"redirect\",\"location\":" + quoted(location) + "}");
        else if (request.isEnhancedForm()) {
            json(200, "{\"type\":\"redirect\",\"status\":303,\"location\":" + quoted(location) + "}");
        } else super.sendRedirect(location);
    }

    @Override
    public void sendError(int status) throws IOException {
        HttpStatus known = HttpStatus.resolve(status);
        sendError(status, known == null ? "Error" : known.getReasonPhrase());
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        if (request.isForData()) {
            json(status, "{\"message\":" + quoted(message) + "}");
        } else if (request.isEnhancedForm()) {
            json(status, "{\"type\":\"error\",\"error\":{\"message\":" + quoted(message) + "}}");
        } else if (request.acceptsHtml()) {
            Response page = app.server().errorPage(status, message);
            send(status, "text/html; charset=utf-8", page.body());
        } else {
            super.sendError(status, message);
        }
    }

    private void json(int status, String text) throws IOException {
        send(
                status,
                "application/json",
                new Body.Bytes(java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    private void send(int status, String type, Body body) throws IOException {
        resetBuffer();
        setStatus(status);
        setContentType(type);
        setContentLengthLong(body.length());
        body.transferTo(getOutputStream());
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') quoted.append('\\').append(c);
            else if (c < ' ' || c == '<') quoted.append(String.format("\\u%04x", (int) c));
            else quoted.append(c);
        }
        return quoted.append('"').toString();
    }
}
