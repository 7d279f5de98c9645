package dev.kitbridge.server.packed;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.server.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class MachineRuntimeTest {

    @TempDir
    Path folder;

    private String saying(String version) throws IOException {
        Path program = folder.resolve("node");
        Files.writeString(program, "#!/bin/sh\necho '" + version + "'\n");
        if (!program.toFile().setExecutable(true)) throw new IOException(program + " cannot be executed");
        return program.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v22.17.0", "v22.17.1", "v22.18.0", "v24.0.0", "v100.0.0-nightly2026"})
    void aVersionThatIsNewEnough(String version) throws IOException {
        String program = saying(version);
        assertThatCode(() -> MachineRuntime.check(program, "22.17.0")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v20.19.5", "v22.9.0", "v22.16.9", "v8.99.99"})
    void anOlderOne(String version) throws IOException {
        String program = saying(version);
        assertThatThrownBy(() -> MachineRuntime.check(program, "22.17.0"))
                .isInstanceOf(StartException.class)
                .hasMessage("The " + program + " on PATH is " + version + ", this app needs 22.17.0 or later; install"
                        + " that version, or add this platform to <platforms> and build the jar again");
    }

    @Test
    void aFileThatIsNotTheProgram() throws IOException {
        String program = saying("hello");
        assertThatThrownBy(() -> MachineRuntime.check(program, "22.17.0"))
                .isInstanceOf(StartException.class)
                .hasMessage("'" + program + " --version' says 'hello'; expected 22.17.0 or later");
    }

    @Test
    void none() {
        String program = folder.resolve("node").toString();
        assertThatThrownBy(() -> MachineRuntime.check(program, "22.17.0"))
                .isInstanceOf(StartException.class)
                .hasMessage("There is no " + program + " on PATH, and the jar contains none for this platform; install"
                        + " 22.17.0 or later, or add this platform to <platforms> and build the jar again");
    }
}
