package dev.kitbridge.server.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.Response;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocationsTest {

    /** Browsers send brackets and bars as they are. */
    @ParameterizedTest
    @CsvSource({
        "https://shop.example, /list, /other, /other",
        "https://shop.example, /list[1]/a|b, /other, /other",
        "https://shop.example, /list[1]/a|b, other, /list[1]/other",
        "https://shop.example, /list, /item[2], /item[2]",
        "https://shop.example, /list, '/a{b}^c d', '/a{b}^c d'",
        "https://shop.example, /list, https://shop.example:443/a|b, /a|b",
        "http://[::1]:3000, /list[1], http://[::1]:3000/other, /other",
        "https://shop.example, /list, https://other.example/a|b, ",
        "https://shop.example, /list, //other.example/a|b, ",
        "https://shop.example, /list, http://[, ",
        "https://shop.example, /list[1], http://[, ",
    })
    void aChangeConcernsThePathAndWhatItsResponseNames(String origin, String target, String location, String named) {
        Request request = Request.of("POST", origin, target + "?query=1", Headers.EMPTY, null);
        Headers fields = Headers.of("location", location);
        Response response = new Response(303, fields, Body.EMPTY, Response.Source.WORKER);
        assertThat(Locations.of(request, response)).extracting(Names::path).contains(Names.path(target));
        if (named == null)
            assertThat(Locations.of(request, response))
                    .hasSizeLessThanOrEqualTo(2)
                    .doesNotContain("/a|b");
        else assertThat(Locations.of(request, response)).extracting(Names::path).contains(named);
    }
}
