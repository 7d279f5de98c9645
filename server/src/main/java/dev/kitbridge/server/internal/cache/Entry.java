package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.internal.content.Negotiation;
import dev.kitbridge.server.internal.site.SiteFile.Encoding;
import dev.kitbridge.server.replicas.SharedCache.Generation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A kept response. Its forms are made when they are requested, and it is compressed for the second request: many pages
 * are requested once.
 */
final class Entry {

    /** Whether an entry may be served. */
    enum State {
        FRESH,
        /** It may be served while a new one is rendered. */
        STALE,
        /** It may be served in place of an error. */
        EXPIRED,
        USELESS
    }

    private static final Set<String> SHARED =
            Set.of("cache-control", "cdn-cache-control", "content-location", "date", "expires", "last-modified");

    private static final Set<String> OMITTED = Set.of("content-length", "etag", "age");

    private static final Set<Encoding> GZIP = Set.of(Encoding.GZIP);

    /** An app may ask for any number of names. */
    private static final int MAX_USED = 32;

    private static final Set<String> EVERYTHING = Set.of("*");

    /** Smaller bodies gain nothing. */
    private static final int COMPRESSED = 512;

    private final int status;
    private final Freshness freshness;
    private final Set<String> used;
    private final List<String> names;
    private final long since;
    private final int size;
    private final Headers headers;
    private final byte[] content;
    private final boolean compressible;
    private final AtomicBoolean compressing = new AtomicBoolean();
    private volatile byte @Nullable [] compressed;
    private volatile @Nullable Form plain;
    private volatile @Nullable Form gzip;
    private volatile boolean requested;
    private volatile boolean outdated;

    /**
     * @param response its status and {@linkplain StoredFields fields}
     * @param content the whole body; not copied
     * @param used what the app asked about the visitor, which told nothing: {@link Storing#isPersonal} decides who
     *     needs another page
     * @param names by which the page is revalidated
     * @param since {@link System#nanoTime} when the response was received
     * @param confirmed has the same content; or null
     */
    Entry(
            Response response,
            byte[] content,
            Freshness freshness,
            Set<String> used,
            List<String> names,
            long since,
            @Nullable Entry confirmed) {
        this(
                response.status(),
                response.headers(),
                confirmed == null ? content : confirmed.content,
                confirmed == null ? null : confirmed.compressed,
                freshness,
                used,
                names,
                since);
    }

    /**
     * A page of another replica.
     *
     * @param since {@link System#nanoTime} when that replica received it
     */
    Entry(EntryFormat.Page page, long since) {
        this(
                page.status(),
                page.headers(),
                page.content(),
                page.gzip(),
                page.freshness(),
                page.used(),
                page.names(),
                since);
    }

    private Entry(
            int status,
            Headers headers,
            byte[] content,
            byte @Nullable [] gzipped,
            Freshness freshness,
            Set<String> used,
            List<String> names,
            long since) {
        this.status = status;
        this.freshness = freshness;
        this.used = used.size() > MAX_USED ? EVERYTHING : Set.copyOf(used);
        this.names = List.copyOf(names);
        this.since = since;
        this.headers = headers;
        this.content = content;
        this.compressible = gzipped != null || (content.length >= COMPRESSED && isText(headers.first("content-type")));
        this.compressed = gzipped;
        int named = names.stream().mapToInt(name -> 150 + 2 * name.length()).sum();
        // text becomes half as long, or less
        int expected = gzipped != null ? gzipped.length : compressible ? content.length / 2 : 0;
        this.size = 2000 + named + size(headers) + content.length + expected;
    }

    /** Returns bytes in memory, of the fields themselves and of the two forms. */
    private static int size(Headers headers) {
        int[] size = {0};
        headers.forEach((name, value) -> size[0] += 4 * (name.length() + value.length() + 4));
        return size[0];
    }

    private Form plain() {
        Form form = plain;
        if (form == null) {
            String own = headers.first("etag");
            form = form(content, own == null ? '"' + Digests.of(content) + '"' : own, null);
            plain = form;
        }
        return form;
    }

    /** Returns the gzip form, or null before it was compressed, or if the page does not become shorter. */
    private @Nullable Form gzip() {
        Form form = gzip;
        byte[] bytes = compressed;
        if (form == null && bytes != null) {
            form = form(bytes, compressed(plain().etag(), headers.first("etag")), "gzip");
            gzip = form;
        }
        return form;
    }

    /** Compresses the page, unless it is compressed, or a thread does it: others get the plain form meanwhile. */
    private void compress() {
        if (compressible && compressed == null && compressing.compareAndSet(false, true)) {
            compressed = compress(content);
        }
    }

    /** Called if the page is known to be requested again. */
    void expect() {
        requested = true;
    }

    /**
     * Returns the page as other replicas read it.
     *
     * @param generation that this replica knew when the rendering began
     * @param received when the response was received, in milliseconds since 1970
     */
    EntryFormat.Page page(Generation generation, long received) {
        compress();
        return new EntryFormat.Page(generation, received, status, freshness, used, names, headers, content, compressed);
    }

    /** Returns for how many seconds from now the page may be of use. */
    long useful(long now) {
        return freshness.left(seconds(now)) + Math.max(freshness.swr(), freshness.sie());
    }

    /** Returns the ETag of the gzip form: a weak one if it is the app's, so that the app recognizes it too. */
    private static String compressed(String etag, @Nullable String own) {
        if (own == null) return etag.substring(0, etag.length() - 1) + ".gz\"";
        return own.startsWith("W/") ? own : "W/" + own;
    }

    private Form form(byte[] bytes, String etag, @Nullable String encoding) {
        Headers.Builder shared = Headers.builder().add("etag", etag);
        Headers.Builder described = Headers.builder().add("accept-ranges", "bytes");
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (SHARED.contains(lower)) shared.add(lower, value);
            else if (!lower.equals("vary") && !OMITTED.contains(lower)) described.add(lower, value);
        });
        String vary = headers.joined("vary");
        if (vary != null && vary.toLowerCase(Locale.ROOT).contains("accept-encoding")) shared.add("vary", vary);
        else if (compressible) shared.add("vary", vary == null ? "Accept-Encoding" : vary + ", Accept-Encoding");
        else if (vary != null) shared.add("vary", vary);
        if (encoding != null) described.add("content-encoding", encoding);
        return new Form(status, bytes, etag, StoredFields.dates(headers), shared.build(), described.build());
    }

    int status() {
        return status;
    }

    /** Returns the fields that are kept, as {@link StoredFields} has them. */
    Headers headers() {
        return headers;
    }

    byte[] content() {
        return content;
    }

    /** Returns whether a client accepts the page as it is. */
    boolean satisfies(Wishes wishes, long now) {
        long seconds = seconds(now);
        return wishes.accept(freshness.age() + seconds, freshness.left(seconds));
    }

    /** Returns bytes in memory. */
    int size() {
        return size;
    }

    /**
     * Returns what the app asked about the visitor while it rendered, as in
     * {@link dev.kitbridge.server.internal.Report#used}.
     */
    Set<String> used() {
        return used;
    }

    /** Returns the names by which the page is revalidated, as {@link Names} has them. */
    List<String> names() {
        return names;
    }

    /** Marks a page that was revalidated: a request that has got it must not be answered with it any more. */
    void outdate() {
        outdated = true;
    }

    boolean isNewerThan(Entry other) {
        return since - other.since > 0;
    }

    State state(long now) {
        if (outdated) return State.USELESS;
        long left = freshness.left(seconds(now));
        if (left > 0) return State.FRESH;
        if (-left < freshness.swr()) return State.STALE;
        return -left < freshness.sie() ? State.EXPIRED : State.USELESS;
    }

    private long seconds(long now) {
        return TimeUnit.NANOSECONDS.toSeconds(now - since);
    }

    /**
     * Answers a GET or HEAD request.
     *
     * @param how the state of the answer for {@code Cache-Status} (RFC 9211), to which the time to live is added; empty
     *     to omit the field
     * @param memory receives a copy of the page if it is requested often
     */
    Response respond(Request request, long now, String how, OffHeap memory) {
        long age = freshness.age() + seconds(now);
        long left = freshness.left(seconds(now));
        // conditions and ranges are defined for responses with status 200
        Headers conditions = status == 200 ? request.headers() : Headers.EMPTY;
        boolean head = request.method().equals("HEAD");
        boolean again = requested;
        if (!again) requested = true;
        boolean accepted = compressible && acceptsGzip(request);
        if (accepted && again) compress();
        Form gzipped = accepted ? gzip() : null;
        if (gzipped == null) return plain().respond(head, conditions, age, left, how, memory);
        Response response = gzipped.respond(head, conditions, age, left, how, memory);
        // a client may have got the plain form before there was another one
        return response.status() != 304 && names(conditions, plain().etag())
                ? plain().respond(head, conditions, age, left, how, memory)
                : response;
    }

    private static boolean names(Headers conditions, String etag) {
        String known = conditions.joined("if-none-match");
        return known != null && known.contains(etag);
    }

    private static boolean acceptsGzip(Request request) {
        return Negotiation.choose(request.headers().joined("accept-encoding"), GZIP) != null;
    }

    private static boolean isText(@Nullable String type) {
        if (type == null) return false;
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.startsWith("text/")
                || lower.contains("json")
                || lower.contains("xml")
                || lower.contains("javascript");
    }

    private static byte @Nullable [] compress(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 3);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.size() < content.length ? out.toByteArray() : null;
    }
}
