package dev.kitbridge.server.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Headers;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    private static final Rule MINUTE = Rule.parse("{\"cache\":{\"ttl\":60,\"swr\":7,\"sie\":8}}");

    private static Freshness of(String fields, Rule rule) {
        Headers.Builder headers = Headers.builder();
        for (String field : fields.split(";", -1)) {
            String[] parts = field.split(":", 2);
            if (parts.length == 2) headers.add(parts[0].strip(), parts[1].strip());
        }
        Headers response = headers.build();
        Directives targeted = Directives.targeted(response.joined("cdn-cache-control"));
        Directives all = Directives.of(response.joined("cache-control"));
        return Freshness.of(response, targeted == null ? all : targeted, targeted != null, rule, NOW, NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cache-control: max-age=5 | 5",
                "cache-control: max-age=5, s-maxage=9 | 9",
                "cache-control: s-maxage=0, max-age=5 | 0",
                "cache-control: max-age=5; expires: Sun, 01 Nov 2026 13:00:00 GMT | 5",
                "cdn-cache-control: max-age=7; cache-control: s-maxage=9 | 7",
                "cdn-cache-control: broken=; cache-control: s-maxage=9 | 9",
                "expires: Sun, 01 Nov 2026 12:01:00 GMT | 60",
                "expires: Sun, 01 Nov 2026 12:01:00 GMT; date: Sun, 01 Nov 2026 12:00:50 GMT | 10",
                "expires: Sun, 01 Nov 2026 11:00:00 GMT | 0",
                "expires: 0 | 0",
                "expires: Sun, 01 Nov 2026 12:01:00 GMT; expires: Sun, 01 Nov 2026 13:01:00 GMT | 0",
                "expires: Sun, 01 Nov 2026 12:01:00 GMT; date: today | 60",
                "cache-control: max-age=5; cache-control: public | 5",
            })
    void lifetimes(String fields, long lifetime) {
        assertThat(of(fields, Rule.NONE).lifetime()).isEqualTo(lifetime);
    }

    @ParameterizedTest
    @CsvSource({"cache-control: public", "last-modified: Sun, 01 Nov 2020 12:01:00 GMT", "cdn-cache-control: public"})
    void nothingIsGuessed(String fields) {
        assertThat(of(fields, Rule.NONE)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x: y | 60",
                "cache-control: max-age=5 | 60",
                "expires: Sun, 01 Nov 2026 12:00:01 GMT | 60",
                "cache-control: s-maxage=5 | 5",
                "cdn-cache-control: max-age=5 | 5",
            })
    void theRuleCountsMoreThanFieldsForBrowsers(String fields, long lifetime) {
        assertThat(of(fields, MINUTE).lifetime()).isEqualTo(lifetime);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age=1, stale-while-revalidate=3, stale-if-error=4 | 3 | 4",
                "max-age=1 | 7 | 8",
                "max-age=1, stale-while-revalidate=0 | 0 | 8",
                "max-age=1, must-revalidate, stale-while-revalidate=3 | 0 | 0",
                "max-age=1, proxy-revalidate, stale-if-error=3 | 0 | 0",
                "max-age=1, stale-while-revalidate=x | 0 | 8",
            })
    void staleness(String field, long swr, long sie) {
        Freshness freshness = of("cache-control: " + field, MINUTE);
        assertThat(List.of(freshness.swr(), freshness.sie())).containsExactly(swr, sie);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"10 | 50", "70 | -10", "10, 20 | 50", "-1 | 60", "ten | 60", "0010 | 50"})
    void theAgeOfTheResponseCounts(String age, long left) {
        assertThat(of("cache-control: max-age=60; age: " + age, Rule.NONE).left(0))
                .isEqualTo(left);
    }

    @Test
    void timePasses() {
        assertThat(of("cache-control: max-age=60; age: 10", Rule.NONE).left(20)).isEqualTo(30);
    }
}
