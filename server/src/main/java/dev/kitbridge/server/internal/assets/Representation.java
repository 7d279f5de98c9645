package dev.kitbridge.server.internal.assets;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.Response.Source;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** One form of a file, plain or compressed. Its constant responses and headers are created once. */
final class Representation {

    private final Body.FileRange content;
    private final String etag;
    private final Headers headers;
    private final Headers notModified;
    private final FileCache cache;

    private volatile @Nullable Response whole;

    /**
     * @param content bytes of the form
     * @param shared fields of every response, with the ETag
     * @param described fields that describe the content
     */
    Representation(Body.FileRange content, String etag, Headers shared, Headers described, FileCache cache) {
        this.content = content;
        this.etag = etag;
        this.notModified = shared;
        this.headers = merge(shared, described);
        this.cache = cache;
    }

    private static Headers merge(Headers first, Headers second) {
        Headers.Builder all = first.toBuilder();
        second.forEach(all::add);
        return all.build();
    }

    Response respond(boolean head, Headers request) {
        String noneMatch = request.joined("if-none-match");
        if (noneMatch != null && matches(noneMatch)) return answer(304, notModified, Body.EMPTY);
        Response all = whole();
        // a range is defined for GET only
        if (head) return answer(200, all.headers(), Body.EMPTY);
        if (all.body() instanceof Body.FileRange file) check(file);
        String range = request.joined("range");
        if (range == null) return all;
        String ifRange = request.joined("if-range");
        ByteRange part = ifRange == null || ifRange.equals(etag) ? ByteRange.of(range, content.length()) : null;
        return part == null ? all : part(part, all.body());
    }

    /** Checks the size before the response is sent: afterwards its status could no longer report a changed file. */
    private static void check(Body.FileRange file) {
        try {
            long size = Files.size(file.path());
            if (size >= file.offset() + file.length()) return;
            throw new EOFException("it has " + size + " bytes, expected " + (file.offset() + file.length())
                    + " or more; it was changed while the server runs");
        } catch (IOException e) {
            throw new UncheckedIOException(file.path() + " cannot be read: " + e.getMessage(), e);
        }
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
        Body.Bytes bytes = cache.load(content);
        made = answer(200, fields, bytes != null ? bytes : content);
        whole = made;
        return made;
    }

    private static Response answer(int status, Headers headers, Body body) {
        return new Response(status, headers, body, Source.ASSET);
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
