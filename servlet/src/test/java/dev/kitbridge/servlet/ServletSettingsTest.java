package dev.kitbridge.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.server.Init;
import dev.kitbridge.server.StartException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServletSettingsTest {

    private static Init apply(Map<String, String> values) {
        return new ServletSettings(values::get).apply(Init.of(Path.of("node")));
    }

    @Test
    void eachSettingChangesItsValue() {
        Init init = apply(Map.of(
                "kitbridge.workers", "3",
                "kitbridge.worker-memory", "256M",
                "kitbridge.worker-timeout", " 7 ",
                "kitbridge.body-limit", "2g",
                "kitbridge.headers-limit", "48K",
                "kitbridge.page-cache", "Declared",
                "kitbridge.page-cache-size", "2M"));
        assertThat(init.pageCache()).isEqualTo(new Init.PageCache(Init.PageCache.Mode.DECLARED, 2 << 20));
        assertThat(apply(Map.of("kitbridge.page-cache-status", "off"))
                        .pageCache()
                        .cacheStatus())
                .isFalse();
        assertThat(apply(Map.of()).pageCache().mode()).isEqualTo(Init.PageCache.Mode.OFF);
        assertThat(init.workers()).isEqualTo(3);
        assertThat(init.memory()).isEqualTo(256L << 20);
        assertThat(init.timeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(init.bodyLimit()).isEqualTo(2L << 30);
        assertThat(init.headersLimit()).isEqualTo(48 << 10);
    }

    @Test
    void replicasShareTheirPagesAtAUrl() {
        Init.PageCache shared = apply(Map.of(
                        "kitbridge.page-cache", "on",
                        "kitbridge.page-cache-url", " redis://cache ",
                        "kitbridge.page-cache-prefix", "shop",
                        "kitbridge.page-cache-timeout", "20"))
                .pageCache();
        assertThat(shared.shared()).isEqualTo(new Init.SharedPageCache("redis://cache", "shop", Duration.ofMillis(20)));
        assertThat(apply(Map.of("kitbridge.page-cache-url", "redis://cache"))
                        .pageCache()
                        .shared())
                .isEqualTo(Init.SharedPageCache.of("redis://cache"));
        assertThat(apply(Map.of("kitbridge.page-cache", "on")).pageCache().shared())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "kitbridge.workers, 0, a number from 1 to 1000",
        "kitbridge.workers, many, a number from 1 to 1000",
        "kitbridge.worker-timeout, 1.5, a number from 1 to 3600",
        "kitbridge.worker-memory, 1T, 'bytes, such as 524288, 512K or 8M'",
        "kitbridge.body-limit, -1, 'bytes, such as 524288, 512K or 8M'",
        "kitbridge.headers-limit, large, 'bytes, such as 524288, 512K or 8M'",
        "kitbridge.page-cache, yes, 'declared, on or off'",
        "kitbridge.page-cache-size, much, 'bytes, such as 524288, 512K or 8M'",
        "kitbridge.page-cache-size, 1024, at least 1M",
        "kitbridge.page-cache-status, maybe, on or off",
        "kitbridge.page-cache-timeout, 0, a number from 1 to 10000",
        "kitbridge.page-cache-prefix, a b, 'letters, digits, dots, colons, hyphens and underscores'",
    })
    void aBadValueIsReportedWithWhatWasExpected(String name, String value, String expected) {
        assertThatThrownBy(() -> apply(Map.of(name, value)))
                .isInstanceOf(StartException.class)
                .hasMessage(name + " is '" + value + "'; expected " + expected);
    }

    @Test
    void anUnknownNameIsReportedWithTheClosestOne() {
        assertThat(ServletSettings.unknown("kitbridge.bodylimit"))
                .startsWith(
                        "The init parameter kitbridge.bodylimit is not a setting; did you mean kitbridge.body-limit?")
                .contains("kitbridge.cache-directory");
        assertThat(ServletSettings.unknown("kitbridge.worker")).contains("did you mean kitbridge.workers?");
        assertThat(ServletSettings.unknown("kitbridge.workers")).isNull();
        assertThat(ServletSettings.unknown("spring.profiles.active")).isNull();
    }
}
