package dev.kitbridge.server.internal.content;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.Response.Source;
import java.time.Instant;
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

    /**
     * Dates for conditional requests.
     *
     * @param modified {@code last-modified}, or another date on which the content was the same; null if it is unknown
     * @param exact whether no other content can have the same date (RFC 9110, 8.8.2.2)
     * @param received when the response was received
     */
    public record Dates(@Nullable Instant modified, boolean exact, Instant received) {}

    private final Content content;
    private final String etag;
    private final @Nullable Dates dates;
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
        this(content, etag, null, shared, described, source);
    }

    /**
     * @param content bytes of the form
     * @param etag strong or weak
     * @param dates null if conditions with dates are ignored
     * @param shared fields of every response, with the ETag
     * @param described fields that describe the content
     * @param source of every response
     */
    public Representation(
            Content content, String etag, @Nullable Dates dates, Headers shared, Headers described, Source source) {
        this.content = content;
        this.etag = etag;
        this.dates = dates;
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
        if (isUnchanged(request)) return answer(304, notModified, Body.EMPTY);
        Response all = whole();
        // a range is defined for GET only
        if (head) return answer(200, all.headers(), Body.EMPTY);
        content.check();
        String range = request.joined("range");
        if (range == null) return all;
        String ifRange = request.joined("if-range");
        ByteRange part = ifRange == null || isSame(ifRange) ? ByteRange.of(range, content.length()) : null;
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

    private boolean isUnchanged(Headers request) {
        String noneMatch = request.joined("if-none-match");
        if (noneMatch != null) return noneMatch.equals(etag) || matches(noneMatch);
        String since = request.joined("if-modified-since");
        if (since == null || dates == null || dates.modified() == null) return false;
        Instant date = HttpDate.parse(since, dates.received());
        return date != null && !date.isBefore(dates.modified());
    }

    /** Compares strongly, as RFC 9110, 13.1.5 requires for {@code if-range}. */
    private boolean isSame(String ifRange) {
        if (ifRange.equals(etag)) return !etag.startsWith("W/");
        if (dates == null || !dates.exact()) return false;
        Instant date = HttpDate.parse(ifRange, dates.received());
        return date != null && date.equals(dates.modified());
    }

    /** Compares weakly, as RFC 9110, 13.1.2 requires for {@code if-none-match}. */
    private boolean matches(String header) {
        if (header.strip().equals("*")) return true;
        String opaque = etag.startsWith("W/") ? etag.substring(2) : etag;
        for (int at = 0; at < header.length(); ) {
            int start = header.startsWith("W/", at) ? at + 2 : at;
            // a quoted tag may contain commas
            int quote = start < header.length() && header.charAt(start) == '"' ? header.indexOf('"', start + 1) : -1;
            int comma = header.indexOf(',', Math.max(start, quote));
            int end = comma < 0 ? header.length() : comma;
            if (header.substring(start, end).strip().equals(opaque)) return true;
            at = end + 1;
            while (at < header.length() && " \t,".indexOf(header.charAt(at)) >= 0) at++;
        }
        return false;
    }
}
