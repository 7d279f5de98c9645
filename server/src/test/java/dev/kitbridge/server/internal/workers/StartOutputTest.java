package dev.kitbridge.server.internal.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartOutputTest {

    private final StartOutput.Series series = new StartOutput.Series();
    private final List<String> logged = new ArrayList<>();

    private StartOutput next() {
        return series.to((line, error) -> logged.add((error ? "!" : "") + line));
    }

    private static void say(StartOutput output, String... lines) {
        for (String line : lines) output.line(line, true);
    }

    @Test
    void aFirstStartIsLoggedAtOnce() {
        StartOutput output = next();
        say(output, "one");
        assertThat(logged).containsExactly("!one");
        output.started();
        say(output, "two");
        assertThat(logged).containsExactly("!one", "!two");
    }

    @Test
    void theSameOutputAgainIsNotLoggedAgain() {
        StartOutput first = next();
        say(first, "no database", "  at init");
        assertThat(first.failed()).isFalse();
        for (int i = 0; i < 3; i++) {
            StartOutput again = next();
            say(again, "no database", "  at init");
            assertThat(again.failed()).isTrue();
        }
        assertThat(logged).containsExactly("!no database", "!  at init");
    }

    @Test
    void otherOutputIsLoggedWhenTheStartHasFailed() {
        StartOutput first = next();
        say(first, "no database");
        first.failed();
        StartOutput second = next();
        say(second, "no database", "no cache");
        assertThat(logged).hasSize(1);
        assertThat(second.failed()).isFalse();
        assertThat(logged).containsExactly("!no database", "!no database", "!no cache");
    }

    @Test
    void heldOutputIsLoggedWhenTheAppHasStarted() {
        StartOutput first = next();
        say(first, "no database");
        first.failed();
        StartOutput second = next();
        say(second, "connected");
        second.started();
        say(second, "serves");
        assertThat(logged).containsExactly("!no database", "!connected", "!serves");
        StartOutput third = next();
        say(third, "at once");
        assertThat(logged).endsWith("!at once");
    }

    @Test
    void muchOutputIsNotHeldBack() {
        StartOutput first = next();
        say(first, "no database");
        first.failed();
        StartOutput second = next();
        say(second, "x".repeat(50_000), "y".repeat(50_000), "z");
        assertThat(logged).hasSize(4);
        assertThat(second.failed()).isFalse();
        assertThat(logged).hasSize(4);
    }
}
