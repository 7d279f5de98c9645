package dev.kitbridge.server.internal.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.internal.site.SiteFile.Encoding;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiationTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, none",
                "'', none",
                "gzip, GZIP",
                "'gzip, deflate, br, zstd', BR",
                "'gzip, deflate, zstd', ZSTD",
                "'GZIP', GZIP",
                "'br;q=0.5, gzip', GZIP",
                "'br;q=0.5, gzip;q=0.5', BR",
                "'br; q=0.1 , gzip ;q=0.2', GZIP",
                "'br;q=0, gzip;q=0', none",
                "'br;q=0.0', none",
                "'br;q=x', none",
                "'*', BR",
                "'*;q=0', none",
                "'br;q=0, *', ZSTD",
                "'*;q=0.1, gzip', GZIP",
                "'identity', none",
                "'identity, *;q=0', none",
                "'identity;q=0, *', BR",
                "'identity;q=1, br;q=0.5', none",
                "'identity;q=0.5, gzip;q=0.5', GZIP",
                "deflate, none",
                "brotli, none",
                "'br;level=1', BR",
                "',,br,', BR",
            })
    void chosenOfAll(String accepted, String chosen) {
        Encoding encoding = Negotiation.choose(accepted, EnumSet.allOf(Encoding.class));
        assertThat(encoding == null ? null : encoding.name()).isEqualTo(chosen);
    }

    @Test
    void onlyAvailableEncodings() {
        assertThat(Negotiation.choose("br, gzip;q=0.1", Set.of(Encoding.GZIP))).isEqualTo(Encoding.GZIP);
        assertThat(Negotiation.choose("br", Set.of(Encoding.GZIP))).isNull();
        assertThat(Negotiation.choose("br", Set.of())).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "a,", "a;q=1,", "gzip,", ";", "br;", "br;q=,", "q", "0"})
    void longListsAreReadInBoundedTime(String part) {
        String header = part.repeat(1_000_000 / part.length());
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> Negotiation.choose(header, EnumSet.allOf(Encoding.class)));
    }
}
