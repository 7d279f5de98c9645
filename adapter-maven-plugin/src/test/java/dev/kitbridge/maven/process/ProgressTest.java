package dev.kitbridge.maven.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Uses a clock that the test advances. */
class ProgressTest {

    private final List<String> said = new ArrayList<>();
    private final Deque<Runnable> later = new ArrayDeque<>();
    private long now = 5;
    private final Progress progress = new Progress(said::add, () -> now, later::add);

    private void pass(long seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }

    private void tenSeconds() {
        pass(10);
        Runnable tick = later.poll();
        if (tick != null) tick.run();
    }

    @Test
    void aLongStepIsLoggedEveryTenSecondsWithItsDetail() {
        String result = progress.step("Adapter 'jvm'", () -> {
            tenSeconds();
            progress.at("Compressed 4 of 40 files");
            tenSeconds();
            return "made";
        });
        tenSeconds();
        assertThat(result).isEqualTo("made");
        assertThat(said)
                .containsExactly(
                        "Adapter 'jvm' is still running after 10 s",
                        "Adapter 'jvm' is still running after 20 s: Compressed 4 of 40 files");
        assertThat(later).isEmpty();
    }

    @Test
    void theDetailOfAStepIsNotUsedForTheNext() {
        progress.step("Finding Node", () -> {
            progress.at("Fetching Node 24");
            return 1;
        });
        progress.step("Adapter 'static'", () -> {
            tenSeconds();
            tenSeconds();
            return 2;
        });
        assertThat(said).containsExactly("Adapter 'static' is still running after 20 s");
    }

    @Test
    void eachStepIsMeasuredAlsoIfItFails() {
        progress.measure("Vite build", () -> {
            tenSeconds();
            return 1;
        });
        assertThatThrownBy(() -> progress.step("Adapter 'jvm'", () -> {
                    pass(3);
                    throw new IOException("disk full");
                }))
                .isInstanceOf(IOException.class);
        assertThat(said).isEmpty();
        assertThat(progress.times())
                .containsExactly(
                        java.util.Map.entry("Vite build", Duration.ofSeconds(10)),
                        java.util.Map.entry("Adapter 'jvm'", Duration.ofSeconds(3)));
    }
}
