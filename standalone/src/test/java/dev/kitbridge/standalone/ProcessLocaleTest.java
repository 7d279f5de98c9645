package dev.kitbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.InvalidPathException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessLocaleTest {

    @ParameterizedTest
    @CsvSource({
        "C, de_DE, (LC_ALL is C)",
        "'', POSIX, (LANG is POSIX)",
        "'', '', '(none of LC_ALL, LC_CTYPE and LANG is set)'"
    })
    void aNameThatTheLocaleCannotEncodeIsNamedWithTheVariable(String all, String lang, String variable) {
        String text = ProcessLocale.refusal(
                new InvalidPathException("server/über.js", "RequestCheck input"), Map.of("LC_ALL", all, "LANG", lang));
        assertThat(text)
                .startsWith("The app has the file 'server/über.js', whose name this JVM cannot use")
                .endsWith(variable + "; start it with LC_ALL=C.UTF-8")
                .doesNotContain("\n");
    }
}
