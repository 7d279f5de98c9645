package dev.kitbridge.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.server.Init;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class KitbridgePropertiesTest {

    private static KitbridgeProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("kitbridge", KitbridgeProperties.class);
    }

    @Test
    void theDefaultsAreValid() {
        assertThat(bind(Map.of()).workers()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "workers|-1|kitbridge.workers is -1; expected 0, for one per two cores, or more",
                "worker-memory|-1B|kitbridge.worker-memory is -1B; expected 0B, for the runtime's own limit, or more",
                "worker-timeout|0s|kitbridge.worker-timeout is PT0S; expected 1s or more",
                "body-limit|-1B|kitbridge.body-limit is -1B; expected 0B or more",
                "headers-limit|1MB|kitbridge.headers-limit is 1048576B; expected 1B to 256KB",
                "page-cache-prefix|a b|kitbridge.page-cache-prefix is a b; expected letters, digits, dots, colons,"
                        + " hyphens and underscores",
                "page-cache-timeout|0ms|kitbridge.page-cache-timeout is PT0S; expected 1ms or more",
                "shutdown-timeout|-1s|kitbridge.shutdown-timeout is PT-1S; expected 0s or more",
            })
    void aValueOutOfItsRangeStopsTheStart(String name, String value, String message) {
        assertThatThrownBy(() -> bind(Map.of("kitbridge." + name, value)))
                .rootCause()
                .hasMessage(message);
    }

    @Test
    void replicasShareTheirPagesAtAUrl() {
        Init init = Init.of(Path.of("node"));
        KitbridgeProperties given = bind(Map.of(
                "kitbridge.page-cache", "on",
                "kitbridge.page-cache-url", "redis://cache",
                "kitbridge.page-cache-prefix", "shop",
                "kitbridge.page-cache-timeout", "20ms"));
        assertThat(given.apply(init).pageCache().shared())
                .isEqualTo(new Init.SharedPageCache("redis://cache", "shop", Duration.ofMillis(20)));
        assertThat(bind(Map.of("kitbridge.page-cache-url", "redis://cache"))
                        .apply(init)
                        .pageCache()
                        .shared())
                .isEqualTo(Init.SharedPageCache.of("redis://cache"));
        assertThat(bind(Map.of()).apply(init).pageCache().shared()).isNull();
    }

    @Test
    void aPatternThatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> bind(Map.of("kitbridge.paths.exclude", "/a/{b")))
                .rootCause()
                .hasMessageStartingWith("kitbridge.paths.exclude contains '/a/{b', which is not a path pattern");
    }
}
