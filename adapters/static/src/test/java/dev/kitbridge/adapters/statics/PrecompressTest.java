package dev.kitbridge.adapters.statics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.Encoding;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrecompressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "true; gzip,brotli",
                "TRUE; gzip,brotli",
                "false; false",
                "''; false",
                "gzip; gzip",
                " Zstd , gzip; gzip,zstd",
                "brotli,brotli; brotli"
            })
    void parsesNamesInAnyCaseAndOrder(String text, String shown) {
        assertThat(Precompress.valueOf(text)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "br", "gzip,", "gzip brotli"})
    void rejectsAnUnknownEncoding(String text) {
        assertThatThrownBy(() -> Precompress.valueOf(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("<precompress> is '" + text + "'; it accepts true, false, or any of gzip,brotli,zstd");
    }

    @Test
    void copiesTheEncodings() {
        Set<Encoding> encodings = EnumSet.of(Encoding.GZIP);
        Precompress precompress = new Precompress(encodings);
        encodings.add(Encoding.ZSTD);
        assertThat(precompress.encodings()).containsExactly(Encoding.GZIP);
    }
}
