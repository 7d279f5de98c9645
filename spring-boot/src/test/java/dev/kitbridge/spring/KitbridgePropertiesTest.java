package dev.kitbridge.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
                "shutdown-timeout|-1s|kitbridge.shutdown-timeout is PT-1S; expected 0s or more",
            })
    void aValueOutOfItsRangeStopsTheStart(String name, String value, String message) {
        assertThatThrownBy(() -> bind(Map.of("kitbridge." + name, value)))
                .rootCause()
                .hasMessage(message);
    }

    @Test
    void aPatternThatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> bind(Map.of("kitbridge.paths.exclude", "/a/{b")))
                .rootCause()
                .hasMessageStartingWith("kitbridge.paths.exclude contains '/a/{b', which is not a path pattern");
    }
}
