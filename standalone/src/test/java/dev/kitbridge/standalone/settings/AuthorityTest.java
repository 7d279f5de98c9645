package dev.kitbridge.standalone.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AuthorityTest {

    static List<String> valid() {
        return AuthorityExamples.VALID;
    }

    static List<String> invalid() {
        return AuthorityExamples.INVALID;
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aHostIsKeptInLowerCase(String text) {
        assertThat(Authority.parse(text)).hasToString(text.toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void anythingElseIsNone(String text) {
        assertThat(Authority.parse(text)).isNull();
        assertThat(Hosts.Pattern.parse("https://" + text)).isEqualTo(text.equals("*.sub.test") ? star() : null);
    }

    @Test
    void anEmptyPortIsTheDefaultOne() {
        assertThat(Authority.parse("example.com:")).hasToString("example.com");
        assertThat(Authority.parse("[::1]:")).hasToString("[::1]");
        assertThat(Authority.parse(":")).isNull();
    }

    private static Hosts.Pattern star() {
        return Hosts.Pattern.parse("https://*.sub.test");
    }
}
