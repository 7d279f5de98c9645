package dev.kitbridge.standalone.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostsTest {

    @ParameterizedTest
    @CsvSource({
        "example.com, https://example.com, true",
        "example.com, http://EXAMPLE.com:8080, true",
        "example.com, https://www.example.com, false",
        "example.com, https://example.com.evil.test, false",
        "*.example.com, https://www.example.com, true",
        "*.example.com, https://a.b.example.com, true",
        "*.example.com, https://example.com, false",
        "*.example.com, https://evilexample.com, false",
        "example.com:8443, https://example.com:8443, true",
        "example.com:8443, https://example.com, false",
        "example.com:443, https://example.com, true",
        "https://example.com, https://example.com, true",
        "https://example.com/, https://example.com:443, true",
        "https://example.com, http://example.com, false",
        "https://example.com, https://example.com:8443, false",
        "https://example.com:8443, https://example.com:8443, true",
        "[::1], http://[::1]:3000, true",
        "[::1]:3000, http://[::1]:3001, false"
    })
    void aPatternAllowsOrigins(String pattern, String origin, boolean allowed) {
        assertThat(new Hosts(List.of(Hosts.Pattern.parse(pattern))).allow(origin))
                .isEqualTo(allowed);
    }
}
