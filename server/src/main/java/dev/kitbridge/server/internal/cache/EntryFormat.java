package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Revalidation;
import dev.kitbridge.server.replicas.SharedCache.Generation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The format of a page in a shared cache: see {@code docs/formats/shared-cache.md}. */
final class EntryFormat {

    /** Tolerated difference between the clocks of two replicas. */
    private static final long SKEW_MILLIS = 60_000;

    /** Fields that no kept page has: of one visitor, of one connection, or computed from the page. */
    private static final Set<String> FORBIDDEN = Set.of(
            "set-cookie",
            "content-length",
            "content-encoding",
            "content-range",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "upgrade",
            "age",
            "cache-status");

    /** Bytes that are inflated at once. */
    private static final int INFLATED = 8192;

    private EntryFormat() {}

    /**
     * A page in a shared cache.
     *
     * @param generation that the rendering replica knew when the rendering began
     * @param received when the response was received, in milliseconds since 1970
     * @param used what the app asked about the visitor, as {@link Entry#used}
     * @param names by which the page is revalidated; the first is that of its path
     * @param gzip the compressed content; null if it is not compressed
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Page(
            Generation generation,
            long received,
            int status,
            Freshness freshness,
            Set<String> used,
            List<String> names,
            Headers headers,
            byte[] content,
            byte @Nullable [] gzip) {}

    /** @param key under which the page is found */
    static ByteBuffer write(String key, Page page) {
        RecordWriter out = new RecordWriter(RecordWriter.PAGE);
        out.text(key);
        out.text(page.generation().epoch());
        out.number(page.generation().number());
        out.number(page.received());
        out.number(page.status());
        out.number(page.freshness().age());
        out.number(page.freshness().lifetime());
        out.number(page.freshness().swr());
        out.number(page.freshness().sie());
        out.texts(List.copyOf(page.used()));
        out.texts(page.names());
        List<String> fields = new ArrayList<>();
        page.headers().forEach((name, value) -> {
            String lower = name.toLowerCase(java.util.Locale.ROOT);
            if (!FORBIDDEN.contains(lower)) fields.addAll(List.of(lower, value));
        });
        out.texts(fields);
        out.number(page.content().length);
        out.flag(page.gzip() != null);
        out.bytes(page.gzip() == null ? page.content() : page.gzip());
        return out.finish();
    }

    /**
     * Reads and checks a page.
     *
     * @param key of the page that is expected
     * @param limit of the content in bytes
     * @param now in milliseconds since 1970
     * @throws IllegalArgumentException if it is damaged, or another page, or no page that may be kept
     */
    static Page read(ByteBuffer bytes, String key, int limit, long now) {
        RecordReader in = new RecordReader(bytes, RecordWriter.PAGE);
        RecordReader.check(in.text().equals(key), "another key");
        Generation generation = new Generation(in.text(), in.number(0, Long.MAX_VALUE));
        long received = in.number(0, now + SKEW_MILLIS);
        int status = (int) in.number(200, 599);
        RecordReader.check(status != 206 && status != 304, "status");
        Freshness freshness = new Freshness(
                in.number(0, Directives.LARGEST * 8),
                in.number(0, Directives.LARGEST),
                in.number(0, Directives.LARGEST),
                in.number(0, Directives.LARGEST));
        Set<String> used = Set.copyOf(in.texts());
        List<String> names = in.texts();
        RecordReader.check(!names.isEmpty() && names.size() <= Tags.LARGEST + 1, "names");
        RecordReader.check(names.stream().allMatch(EntryFormat::isName), "names");
        Headers headers = headers(in.texts());
        int length = (int) in.number(0, limit);
        boolean compressed = in.flag();
        byte[] stored = in.bytes();
        in.end();
        byte[] content = compressed ? inflate(stored, length) : stored;
        RecordReader.check(content.length == length, "length");
        return new Page(
                generation, received, status, freshness, used, names, headers, content, compressed ? stored : null);
    }

    private static boolean isName(String name) {
        return name.startsWith("/") || (name.startsWith("#") && Revalidation.isTag(name.substring(1)));
    }

    private static Headers headers(List<String> fields) {
        RecordReader.check(fields.size() % 2 == 0, "fields");
        for (int i = 0; i < fields.size(); i += 2) {
            String name = fields.get(i);
            RecordReader.check(isToken(name) && !FORBIDDEN.contains(name), "field " + i);
            RecordReader.check(isValue(fields.get(i + 1)), "value " + i);
        }
        return Headers.of(fields.toArray(String[]::new));
    }

    /** Whether a field name is a token (RFC 9110, 5.6.2) in lower case. */
    private static boolean isToken(String name) {
        return !name.isEmpty()
                && name.chars()
                        .allMatch(c ->
                                (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    private static boolean isValue(String value) {
        return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f && c <= 0xff));
    }

    /** Inflates exactly one gzip member of that length. */
    private static byte[] inflate(byte[] gzip, int length) {
        byte[] content = new byte[length];
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip), INFLATED)) {
            RecordReader.check(in.readNBytes(content, 0, length) == length && in.read() < 0, "length");
            return content;
        } catch (IOException e) {
            throw new IllegalArgumentException("gzip", e);
        }
    }
}
