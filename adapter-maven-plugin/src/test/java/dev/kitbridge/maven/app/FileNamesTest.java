package dev.kitbridge.maven.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.maven.failure.UserFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class FileNamesTest {

    @TempDir
    Path folder;

    private static FileNames ascii(Map<String, String> environment) {
        return new FileNames(StandardCharsets.US_ASCII, environment);
    }

    @Test
    @EnabledIfSystemProperty(named = "sun.jnu.encoding", matches = "UTF-8")
    void aNameThatTheLocaleCannotEncodeIsReportedWithTheVariable() throws IOException {
        Files.createDirectories(folder.resolve("src/routes/über"));
        assertThatThrownBy(() -> ascii(Map.of("LC_ALL", "", "LC_CTYPE", "C", "LANG", "de_DE"))
                        .check(new App(folder)))
                .isInstanceOf(UserFailure.class)
                .hasMessage("A file in " + folder + " has the name 'src/routes/über', which this JVM cannot use, since"
                        + " its locale has the encoding US-ASCII (LC_CTYPE is C); run Maven with LC_ALL=C.UTF-8");
        assertThatCode(() -> new FileNames(StandardCharsets.UTF_8, Map.of()).check(new App(folder)))
                .doesNotThrowAnyException();
    }

    @Test
    @EnabledIfSystemProperty(named = "sun.jnu.encoding", matches = "UTF-8")
    void namesOfPackagesAndOutputDoNotMatter() throws IOException {
        Files.createDirectories(folder.resolve("node_modules/tides/über"));
        Files.createDirectories(folder.resolve("target/über"));
        Files.createDirectories(folder.resolve("src/routes"));
        assertThatCode(() -> ascii(Map.of()).check(new App(folder))).doesNotThrowAnyException();
    }

    @Test
    void aNameThatAppearsLaterIsReported() {
        assertThat(ascii(Map.of()).failure(new InvalidPathException("über.html", "Malformed input")))
                .hasMessage("The build uses the file name 'über.html', which this JVM cannot use, since its locale has"
                        + " the encoding US-ASCII (none of LC_ALL, LC_CTYPE and LANG is set); run Maven with"
                        + " LC_ALL=C.UTF-8");
    }
}
