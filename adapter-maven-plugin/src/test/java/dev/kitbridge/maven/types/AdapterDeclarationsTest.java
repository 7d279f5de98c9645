package dev.kitbridge.maven.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.process.ProcessLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterDeclarationsTest {

    private static final String ENV = "declare module 'deploy:env' {}\n";
    private static final String CLOCK = "declare module 'deploy:clock' {}\n";

    @TempDir
    Path app;

    private final List<String> logged = new ArrayList<>();
    private Path file;

    @BeforeEach
    void file() {
        file = app.resolve("src/adapters.d.ts");
    }

    private void update(String... types) throws IOException {
        new AdapterDeclarations(file, new ProcessLog(logged::add, logged::add, logged::add, false))
                .update(List.of(types));
    }

    @Test
    void declarationsAreWrittenOnce() throws IOException {
        update(ENV, "", CLOCK, ENV);
        assertThat(file).content().startsWith("// Written by adapter:types").endsWith("\n\n" + ENV + "\n" + CLOCK);
        update(ENV, "", CLOCK, ENV);
        assertThat(logged).containsExactly("Wrote " + file);
    }

    @Test
    void theFileGoesWithTheLastDeclaration() throws IOException {
        update("");
        assertThat(file).doesNotExist();
        update(ENV);
        update("");
        assertThat(file).doesNotExist();
    }

    @Test
    void aFileOfTheAppIsKept() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "declare module 'own' {}\n");
        assertThatThrownBy(() -> update(ENV))
                .isInstanceOf(UserFailure.class)
                .hasMessageStartingWith(file + " was not written by adapter:types")
                .hasMessageContaining("<typesFile>");
        update("");
        assertThat(file).hasContent("declare module 'own' {}");
    }
}
