package dev.kitbridge.maven.adapters;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.maven.failure.UserFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiVersionsTest {

    @Test
    void adaptersOfTheSameOrAnOlderApiAreAccepted() {
        assertThatCode(() -> ApiVersions.check(
                        "1.10.0", Map.of("a:b:1", "1.9.0", "c:d:1", "1.10.0", "e:f:1", "1.10.0-SNAPSHOT")))
                .doesNotThrowAnyException();
    }

    @Test
    void anAdapterOfANewerApiIsRejectedWithBothVersions() {
        assertThatThrownBy(() -> ApiVersions.check("1.9.0", Map.of("com.example:adapter-depot:2.0", "1.10.0")))
                .isInstanceOf(UserFailure.class)
                .hasMessage(
                        "Adapter com.example:adapter-depot:2.0 was built against dev.kitbridge:adapter-api:1.10.0, and"
                                + " this plugin has adapter-api 1.9.0; use dev.kitbridge:adapter-maven-plugin:1.10.0 or newer,"
                                + " or an older version of the adapter");
    }

    @Test
    void aReleaseIsNewerThanItsSnapshot() {
        assertThatThrownBy(() -> ApiVersions.check("0.1.0-SNAPSHOT", Map.of("a:b:1", "0.1.0")))
                .isInstanceOf(UserFailure.class);
    }
}
