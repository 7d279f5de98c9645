package dev.kitbridge.server;

import dev.kitbridge.server.internal.Answer;
import dev.kitbridge.server.internal.workers.UnavailableException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Creates the error pages of requests that no worker can answer, from the app's own template.
 *
 * @param template {@code src/error.html} of the app, with kit's placeholders
 */
record ErrorPages(String template) implements Answer.Errors {

    private static final System.Logger LOG = System.getLogger(Server.class.getName());

    @Override
    public Response page(Request request, Throwable failure) {
        if (failure instanceof UnavailableException) {
            LOG.log(Level.DEBUG, () -> "503 for " + request.target() + ": " + failure.getMessage());
            return page(503, "Service Unavailable", Headers.of("retry-after", "1"));
        }
        String asked = request.method() + " " + request.target();
        if (failure instanceof UncheckedIOException) {
            LOG.log(Level.ERROR, "500 for " + asked + ": " + failure.getMessage());
            return page(500, "Internal Error", Headers.EMPTY);
        }
        if (failure instanceof RuntimeException) {
            LOG.log(Level.ERROR, "500 for " + asked, failure);
            return page(500, "Internal Error", Headers.EMPTY);
        }
        LOG.log(Level.WARNING, "502 for " + asked + ": " + failure.getMessage());
        return page(502, "Bad Gateway", Headers.EMPTY);
    }

    Response page(int status, String message, Headers more) {
        byte[] html = template.replace("%sveltekit.status%", String.valueOf(status))
                .replace("%sveltekit.error.message%", escaped(message))
                .getBytes(StandardCharsets.UTF_8);
        Headers headers = more.toBuilder()
                .add("content-type", "text/html; charset=utf-8")
                .add("content-length", String.valueOf(html.length))
                .add("cache-control", "no-store")
                .build();
        return new Response(status, headers, new Body.Bytes(ByteBuffer.wrap(html)), Response.Source.SERVER);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
