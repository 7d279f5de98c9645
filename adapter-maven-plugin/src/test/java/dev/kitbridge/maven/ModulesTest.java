package dev.kitbridge.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.maven.failure.UserFailure;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ModulesTest {

    @Test
    void theTimestampIsReadAsMavensArchiversReadIt() {
        assertThat(Modules.timestamp("2026-11-01T00:00:00Z")).isEqualTo(Instant.parse("2026-11-01T00:00:00Z"));
        assertThat(Modules.timestamp("2026-11-01T02:00:00.7+02:00")).isEqualTo(Instant.parse("2026-11-01T00:00:00Z"));
        assertThat(Modules.timestamp("1793491200")).isEqualTo(Instant.parse("2026-11-01T00:00:00Z"));
    }

    @Test
    void noTimestampOrOneThatIsSwitchedOffIsNone() {
        assertThat(Modules.timestamp(null)).isNull();
        assertThat(Modules.timestamp(" ")).isNull();
        assertThat(Modules.timestamp("x")).isNull();
    }

    @Test
    void anInvalidTimestampIsRejected() {
        assertThatThrownBy(() -> Modules.timestamp("tomorrow"))
                .isInstanceOf(UserFailure.class)
                .hasMessageStartingWith("project.build.outputTimestamp is 'tomorrow'; expected a date such as");
    }
}
