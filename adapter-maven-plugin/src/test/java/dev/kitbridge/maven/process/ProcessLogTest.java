package dev.kitbridge.maven.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessLogTest {

    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[39m";

    private final List<String> logged = new ArrayList<>();

    private ProcessLog output(boolean colours) {
        return new ProcessLog(
                line -> logged.add("info " + line),
                line -> logged.add("warn " + line),
                line -> logged.add("error " + line),
                colours);
    }

    @Test
    void markedLinesAreLoggedAtTheirLevel() {
        ProcessLog output = output(false);
        output.line("\u001eIbuilt", false);
        output.line("\u001eWcareful", false);
        output.line("\u001eEbroken", false);
        output.line("\u001eI", false);
        assertThat(logged).containsExactly("info built", "warn careful", "error broken", "info ");
    }

    @Test
    void otherLinesAreLoggedByTheirStream() {
        ProcessLog output = output(false);
        output.line("to standard output", false);
        output.line("to standard error", true);
        output.line("", false);
        assertThat(logged).containsExactly("info to standard output", "warn to standard error", "info ");
    }

    @Test
    void coloursAreKeptOnATerminalOnly() {
        output(true).line("\u001eE" + RED + "broken" + PLAIN, false);
        output(false).line("\u001eE" + RED + "broken" + PLAIN + "  ", false);
        output(false).line("\u001b[2K\u001b[1G\u001b[?25hdone", false);
        assertThat(logged).containsExactly("error " + RED + "broken" + PLAIN, "error broken", "info done");
    }

    @Test
    void ownMessagesHaveTheirLevels() {
        ProcessLog output = output(false);
        output.say("said");
        output.warn("warned");
        assertThat(logged).containsExactly("info said", "warn warned");
    }

    @Test
    void linesForAnErrorHaveNeitherMarksNorColours() {
        assertThat(ProcessLog.plain(List.of("\u001eE" + RED + "one" + PLAIN, "two", "")))
                .containsExactly("one", "two", "");
    }
}
