package dev.kitbridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ShutdownTimeTest {

    private Instant now = Instant.EPOCH;
    private final ShutdownTime time = new ShutdownTime(Duration.ofSeconds(30), () -> now);

    @Test
    void theTimeOfTheWebServerCounts() {
        time.begin();
        now = now.plusSeconds(12);

        assertThat(time.remaining()).isEqualTo(Duration.ofSeconds(18));
    }

    @Test
    void nothingIsLeftAfterAWebServerThatWaitedLonger() {
        time.begin();
        now = now.plusSeconds(31);

        assertThat(time.remaining()).isZero();
    }

    @Test
    void aServerThatIsClosedAloneHasAllOfIt() {
        now = now.plusSeconds(31);

        assertThat(time.remaining()).isEqualTo(Duration.ofSeconds(30));
    }
}
