package dev.kitbridge.server.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.internal.cache.EntryFormat.Page;
import dev.kitbridge.server.replicas.SharedCache.Generation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of a shared cache, which any client may have written. */
class SharedFormatTest {

    private static final String KEY = "1 4:page";
    private static final int LIMIT = 10_000;
    private static final long NOW = 1_800_000_000_000L;
    private static final byte[] CONTENT = "<p>é</p>".repeat(100).getBytes(StandardCharsets.UTF_8);

    private static final Selector SELECTOR = new Selector(
            0,
            new Rule(true, 60, 5, 6, List.of("a"), List.of("dpr"), null, Set.of(200, 404), List.of("t"), "d"),
            List.of("dpr", "accept-language"),
            true);

    private static Page page(Headers headers) {
        Response response = new Response(200, headers, Body.EMPTY, Response.Source.WORKER);
        Entry entry = new Entry(
                response,
                CONTENT,
                new Freshness(1, 60, 30, 90),
                Set.of("services"),
                List.of("/page", "#product:7"),
                0,
                null);
        return entry.page(new Generation("epoch", 7), NOW - 1000);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static byte[] valid(String type) {
        return bytes(EntryFormat.write(
                KEY,
                page(Headers.of(
                        "Content-Type", type, "x-own", "\u00e9", "etag", "W/\"a\"", "date", "now", "age", "5"))));
    }

    private static Page read(byte[] bytes) {
        return EntryFormat.read(ByteBuffer.wrap(bytes), KEY, LIMIT, NOW);
    }

    /** Makes the checksum right. */
    private static byte[] sealed(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, bytes.length - 4);
        return ByteBuffer.wrap(bytes)
                .putInt(bytes.length - 4, (int) checksum.getValue())
                .array();
    }

    private static void rejected(byte[] bytes) {
        assertThatThrownBy(() -> read(bytes)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/png"})
    void aPageIsReadAsItWasWritten(String type) {
        Page page = read(valid(type));
        assertThat(page.generation()).isEqualTo(new Generation("epoch", 7));
        assertThat(page.received()).isEqualTo(NOW - 1000);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.freshness()).isEqualTo(new Freshness(1, 60, 30, 90));
        assertThat(page.used()).containsExactly("services");
        assertThat(page.names()).containsExactly("/page", "#product:7");
        assertThat(page.headers().toString())
                .isEqualTo("content-type: " + type + "\nx-own: é\netag: W/\"a\"\ndate: now\n");
        assertThat(page.content()).isEqualTo(CONTENT);
        assertThat(page.gzip() != null).isEqualTo(type.startsWith("text/"));
        assertThat(valid(type).length < CONTENT.length).isEqualTo(type.startsWith("text/"));
    }

    @Test
    void aPageThatIsTruncatedAnywhereIsRejected() {
        byte[] bytes = valid("image/png");
        for (int length = 0; length < bytes.length; length++) {
            rejected(Arrays.copyOf(bytes, length));
            if (length > 4) rejected(sealed(Arrays.copyOf(bytes, length)));
        }
        rejected(sealed(Arrays.copyOf(bytes, bytes.length + 1)));
    }

    @Test
    void aPageWithAChangedByteIsRejected() {
        byte[] bytes = valid("text/html");
        for (int i = 0; i < bytes.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = bytes.clone();
                changed[i] ^= (byte) (1 << bit);
                rejected(changed);
            }
        }
    }

    /** A client that can write into the store can also compute the checksum. */
    @Test
    void aChangedPageWithARightChecksumIsRejectedOrAPossiblePage() {
        byte[] bytes = valid("text/html");
        for (int i = 0; i < bytes.length - 4; i++) {
            for (int value : new int[] {0, 1, 0x0a, 0x7f, 0x80, 0xff, bytes[i] ^ 0x20}) {
                byte[] changed = bytes.clone();
                changed[i] = (byte) value;
                Page page;
                try {
                    page = read(sealed(changed));
                } catch (IllegalArgumentException e) {
                    continue;
                }
                assertThat(page.status()).isBetween(200, 599);
                assertThat(page.content().length).isLessThanOrEqualTo(LIMIT);
                page.headers().forEach((name, text) -> {
                    assertThat(name).matches("[!#-'*+.^-z|~0-9-]+");
                    assertThat(text).doesNotContain("\n", "\r", "\0");
                });
                assertThat(page.received()).isLessThanOrEqualTo(NOW + 60_000);
                new Entry(page, 0).state(0);
            }
        }
    }

    @Test
    void aPageOfAnotherKeyIsRejected() {
        byte[] bytes = valid("text/html");
        assertThatThrownBy(() -> EntryFormat.read(ByteBuffer.wrap(bytes), KEY + "2", LIMIT, NOW))
                .hasMessage("another key");
    }

    @Test
    void aPageThatIsTooLargeIsRejected() {
        byte[] bytes = valid("text/html");
        assertThatThrownBy(() -> EntryFormat.read(ByteBuffer.wrap(bytes), KEY, CONTENT.length - 1, NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPageOfTheFutureIsRejected() {
        byte[] bytes = valid("text/html");
        assertThatThrownBy(() -> EntryFormat.read(ByteBuffer.wrap(bytes), KEY, LIMIT, NOW - 100_000))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] written(List<String> names, List<String> fields, int status, byte[] content, int length) {
        RecordWriter out = new RecordWriter(RecordWriter.PAGE);
        out.text(KEY);
        out.text("epoch");
        for (long number : new long[] {7, NOW, status, 0, 60, 0, 0}) out.number(number);
        out.texts(List.of());
        out.texts(names);
        out.texts(fields);
        out.number(length);
        out.flag(content.length != length);
        out.bytes(content);
        return bytes(out.finish());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set-cookie: a=1",
                "content-length: 7",
                "transfer-encoding: chunked",
                "connection: close",
                "X-Own: upper",
                "x own: space",
                ": empty",
                "x: line\nset-cookie: a=1",
                "x: \r",
                "x: \0",
                "x: \u0100"
            })
    void aPageWithAFieldThatNoKeptPageHasIsRejected(String field) {
        String[] parts = field.split(": ", 2);
        rejected(written(List.of("/page"), List.of(parts), 200, CONTENT, CONTENT.length));
        assertThat(read(written(List.of("/page"), List.of("x", "y"), 200, CONTENT, CONTENT.length))
                        .content())
                .isEqualTo(CONTENT);
    }

    @Test
    void aPageWithAStatusOrNamesThatNoKeptPageHasIsRejected() {
        for (int status : new int[] {0, 100, 199, 206, 304, 600, -1}) {
            rejected(written(List.of("/page"), List.of(), status, CONTENT, CONTENT.length));
        }
        for (List<String> names : List.of(List.<String>of(), List.of("page"), List.of("/page", "#a b"), List.of("*"))) {
            rejected(written(names, List.of(), 200, CONTENT, CONTENT.length));
        }
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) many.add("#" + i);
        rejected(written(many, List.of(), 200, CONTENT, CONTENT.length));
    }

    @Test
    void aCompressedPageIsInflatedUpToItsLengthOnly() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(new byte[50_000_000]);
        }
        rejected(written(List.of("/page"), List.of(), 200, bytes.toByteArray(), 1000));
        rejected(written(List.of("/page"), List.of(), 200, bytes.toByteArray(), 50_000_000));
        rejected(written(List.of("/page"), List.of(), 200, "no gzip".getBytes(StandardCharsets.UTF_8), 1000));
    }

    private static void rejectedSelector(byte[] bytes) {
        assertThatThrownBy(() -> SelectorFormat.read(ByteBuffer.wrap(bytes), KEY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSelectorIsReadAsItWasWrittenOrRejected() {
        byte[] bytes = bytes(SelectorFormat.write(KEY, SELECTOR));
        assertThat(SelectorFormat.read(ByteBuffer.wrap(bytes), KEY)).isEqualTo(SELECTOR);
        assertThatThrownBy(() -> SelectorFormat.read(ByteBuffer.wrap(bytes), "other"))
                .hasMessage("another key");
        Consumer<byte[]> any = changed -> {
            try {
                SelectorFormat.read(ByteBuffer.wrap(changed), KEY);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageNotContaining("Exception");
            }
        };
        for (int i = 0; i < bytes.length; i++) {
            rejectedSelector(Arrays.copyOf(bytes, i));
            if (i > 4) rejectedSelector(sealed(Arrays.copyOf(bytes, i)));
            byte[] changed = bytes.clone();
            changed[i] ^= 0x41;
            rejectedSelector(changed);
            if (i < bytes.length - 4) any.accept(sealed(changed));
        }
        rejectedSelector(valid("text/html"));
        rejected(bytes);
    }
}
