package dev.kitbridge.adapter.test.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int run(String... words) throws Exception {
        return Main.run(List.of(words), new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theAppIsWritten() throws Exception {
        assertThat(run("app", "kit2", folder.toString())).isZero();
        assertThat(folder.resolve("svelte.config.js")).exists();
        assertThat(printed()).contains("npm ci && npx vite build");
    }

    @Test
    void aWrongCommandIsNamedBesideTheUsage() throws Exception {
        Files.writeString(folder.resolve("index.js"), "");
        String reference = folder.toString();
        assertThat(run()).isEqualTo(2);
        assertThat(run("app", "kit4", reference)).isEqualTo(2);
        assertThat(run("run", "kit3", "--url", "http://127.0.0.1:1")).isEqualTo(2);
        assertThat(run("run", "kit3", "--reference", reference)).isEqualTo(2);
        assertThat(run("run", "kit3", "--reference", reference, "--url", "http://x", "--report"))
                .isEqualTo(2);
        assertThat(run("run", "kit3", "--reference", reference, "--url", "http://x", "--suite", "all"))
                .isEqualTo(2);
        assertThat(run("run", "kit3", "--reference", reference, "--ulr", "http://x"))
                .isEqualTo(2);
        assertThat(run("run", "kit3", "--reference", folder.resolve("none").toString(), "--", "x"))
                .isEqualTo(2);
        assertThat(printed())
                .contains(
                        "java -jar kitbridge-adapter-test.jar app kit3|kit2 <folder>",
                        "The app is 'kit4'",
                        "--reference is missing",
                        "--url is missing",
                        "--report has no value",
                        "The suite is 'all'",
                        "The option '--ulr' is unknown",
                        "has no index.js");
    }

    @Test
    void aLineOfTolerancesHasThreeParts() throws Exception {
        Path file = Files.writeString(
                folder.resolve("tolerances.txt"),
                "# comment\n\nfiles/.*\tGET .*\tno ranges\nforms/csrf  POST /a b  why not\n");
        assertThat(Tolerance.read(file)).extracting(Tolerance::reason).containsExactly("no ranges", "why not");
        Files.writeString(file, "files/.* only one space");
        assertThatThrownBy(() -> Tolerance.read(file))
                .hasMessageContaining("expected a demand, a request and a reason");
    }
}
