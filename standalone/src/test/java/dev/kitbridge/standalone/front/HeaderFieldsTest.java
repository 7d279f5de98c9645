package dev.kitbridge.standalone.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Response;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.PreEncodedHttpField;
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

    @Test
    void fieldsOfAKeptPageAreEncodedWhenTheyAreSentAgain() {
        Response first = response(200, Response.Source.CACHE);
        assertThat(fields.of(first)).noneMatch(PreEncodedHttpField.class::isInstance);
        HttpField[] second = fields.of(first);
        assertThat(second).allMatch(PreEncodedHttpField.class::isInstance);
        assertThat(fields.of(first)).isSameAs(second);
        Headers others = Headers.of("etag", "\"y\"");
        Response other = new Response(200, others, Body.EMPTY, Response.Source.CACHE);
        for (int i = 0; i < 3; i++) {
            assertThat(fields.of(other)).extracting(Object::toString).containsExactly("etag: \"y\"");
        }
    }
}
