package dev.kitbridge.standalone.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Response;
import org.junit.jupiter.api.Test;

class HeaderFieldsTest {

    private static final Headers HEADERS = Headers.of("etag", "\"x\"", "transfer-encoding", "chunked", "x-y", "z");

    private final HeaderFields fields = new HeaderFields();

    private static Response response(int status, Response.Source source) {
        return new Response(status, HEADERS, Body.EMPTY, source);
    }

    @Test
    void theFramingOfABodyIsJettys() {
        assertThat(fields.of(response(200, Response.Source.WORKER)))
                .extracting(Object::toString)
                .containsExactly("etag: \"x\"", "x-y: z");
    }

    @Test
    void fieldsOfAFileAreConvertedOnce() {
        Object[] first = fields.of(response(200, Response.Source.ASSET));
        assertThat(fields.of(response(200, Response.Source.ASSET))).isSameAs(first);
        assertThat(fields.of(response(206, Response.Source.ASSET))).isNotSameAs(first);
        assertThat(fields.of(response(200, Response.Source.WORKER))).isNotSameAs(first);
    }
}
