package dev.kitbridge.server.internal.content;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.Response.Source;
import org.jspecify.annotations.Nullable;

/** One form of a content, plain or compressed. Its constant responses and headers are created once. */
public final class Representation {

    /** The bytes of the form. */
    public interface Content {
        /** Returns the length in bytes. */
        long length();

        /** Returns the body, {@link Body.Bytes} or {@link Body.FileRange}; called once. */
        Body load();

        /**
         * Called before a response with a body of the content.
         *
         * @throws java.io.UncheckedIOException if the body cannot be read
         */
        default void check() {}
    }

    private final Content content;
    private final String etag;
    private final Headers headers;
    private final Headers notModified;
    private final Source source;

    private volatile @Nullable Response whole;

    /**
     * @param content bytes of the form
     * @param shared fields of every response, with the ETag
     * @param described fields that describe the content
     * @param source of every response
     */
    public Representation(Content content, String etag, Headers shared, Headers described, Source source) {
        this.content = content;
        this.etag = etag;
        this.notModified = shared;
        this.headers = merge(shared, described);
        this.source = source;
    }

    private static Headers merge(Headers first, Headers second) {
        Headers.Builder all = first.toBuilder();
        second.forEach(all::add);
        return all.build();
    }

    /** Answers a GET or HEAD request. */
    public Response respond(boolean head, Headers request) {
        String noneMatch = request.joined("if-none-match");
        if (noneMatch != null && matches(noneMatch)) return answer(304, notModified, Body.EMPTY);
        Response all = whole();
        // a range is defined for GET only
        if (head) return answer(200, all.headers(), Body.EMPTY);
        content.check();
        String range = request.joined("range");
        if (range == null) return all;
        String ifRange = request.joined("if-range");
        ByteRange part = ifRange == null || ifRange.equals(etag) ? ByteRange.of(range, content.length()) : null;
        return part == null ? all : part(part, all.body());
    }

    private Response part(ByteRange part, Body all) {
        if (!part.satisfiable()) {
            return answer(
                    416, Headers.of("content-range", "bytes */" + content.length(), "content-length", "0"), Body.EMPTY);
        }
        long end = part.start() + part.length() - 1;
        Headers fields = headers.toBuilder()
                .add("content-length", String.valueOf(part.length()))
                .add("content-range", "bytes " + part.start() + "-" + end + "/" + content.length())
                .build();
        return answer(206, fields, part(all, part.start(), part.length()));
    }

    private static Body part(Body all, long start, long length) {
        if (all instanceof Body.Bytes bytes)
            return new Body.Bytes(bytes.content().slice((int) start, (int) length));
        Body.FileRange file = (Body.FileRange) all;
        return new Body.FileRange(file.path(), file.offset() + start, length);
    }

    private Response whole() {
        Response made = whole;
        if (made != null) return made;
        Headers fields = headers.toBuilder()
                .add("content-length", String.valueOf(content.length()))
                .build();
        made = answer(200, fields, content.load());
        whole = made;
        return made;
    }

    private Response answer(int status, Headers headers, Body body) {
        return new Response(status, headers, body, source);
    }

    /** Compares weakly, as RFC 9110, 13.1.2 requires for this field. */
    private boolean matches(String header) {
        if (header.equals(etag) || header.strip().equals("*")) return true;
        for (String tag : header.split(",", -1)) {
            String stripped = tag.strip();
            if ((stripped.startsWith("W/") ? stripped.substring(2) : stripped).equals(etag)) return true;
        }
        return false;
    }
}
