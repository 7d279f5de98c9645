package dev.kitbridge.server.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Response;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The responses of a kept page: created once a second, and copied out of the heap if they are sent often. */
class FormTest {

    private static final byte[] CONTENT = "a page".getBytes(StandardCharsets.UTF_8);

    private final OffHeap memory = new OffHeap(CONTENT.length);
    private final Form form = form(200);

    private static Form form(int status) {
        return new Form(status, CONTENT, "\"e\"", null, Headers.of("etag", "\"e\""), Headers.of("x-y", "z"));
    }

    private Response at(long age, String how) {
        return form.respond(false, Headers.EMPTY, age, 60 - age, how, memory);
    }

    private static ByteBuffer bytes(Response response) {
        return ((Body.Bytes) response.body()).buffer();
    }

    @Test
    void theResponseOfASecondIsCreatedOnce() {
        Response first = at(1, "hit");
        assertThat(first.headers())
                .hasToString(
                        """
                etag: "e"
                x-y: z
                content-length: 6
                age: 1
                cache-status: kitbridge; hit; ttl=59
                """);
        assertThat(at(1, "hit")).isSameAs(first);
        assertThat(at(2, "hit").headers().first("age")).isEqualTo("2");
        assertThat(at(2, "fwd=uri-miss; stored").headers().first("cache-status"))
                .isEqualTo("kitbridge; fwd=uri-miss; stored; ttl=58");
        assertThat(at(2, "").headers().first("cache-status")).isNull();
        assertThat(at(1, "hit").headers().first("age")).isEqualTo("1");
    }

    @Test
    void headAndConditionsGetTheirOwnResponse() {
        at(1, "hit");
        Response head = form.respond(true, Headers.EMPTY, 1, 59, "hit", memory);
        assertThat(head.body().length()).isZero();
        assertThat(head.headers().first("content-length")).isEqualTo("6");
        Response unchanged = form.respond(false, Headers.of("if-none-match", "\"e\""), 1, 59, "hit", memory);
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.headers().first("age")).isEqualTo("1");
        Response part = form.respond(false, Headers.of("range", "bytes=2-3"), 1, 59, "hit", memory);
        assertThat(part.status()).isEqualTo(206);
        assertThat(bytes(part)).isEqualTo(ByteBuffer.wrap(CONTENT, 2, 2));
        assertThat(bytes(at(1, "hit"))).isEqualTo(ByteBuffer.wrap(CONTENT));
    }

    @Test
    void anotherStatusIsKept() {
        assertThat(form(404).respond(false, Headers.EMPTY, 1, 59, "hit", memory).status())
                .isEqualTo(404);
    }

    @Test
    void aPageThatIsSentOftenIsCopiedOutOfTheHeap() {
        for (int i = 0; i < 50; i++) assertThat(bytes(at(1, "hit")).isDirect()).isFalse();
        at(2, "hit");
        assertThat(bytes(at(3, "hit")).isDirect()).isFalse();
        for (int i = 0; i < 51; i++) at(3, "hit");
        assertThat(bytes(at(4, "hit")).isDirect()).isTrue();
        assertThat(bytes(at(5, "hit"))).isEqualTo(ByteBuffer.wrap(CONTENT));
        assertThat(bytes(at(5, "hit")).isReadOnly()).isTrue();
        // there is room for one
        Form other = form(200);
        for (int i = 0; i < 100; i++) other.respond(false, Headers.EMPTY, 1, 59, "hit", memory);
        assertThat(bytes(other.respond(false, Headers.EMPTY, 2, 58, "hit", memory))
                        .isDirect())
                .isFalse();
    }
}
