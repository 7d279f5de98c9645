package dev.kitbridge.maven.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    private static Fingerprint of(String... namesAndValues) {
        Fingerprint fingerprint = new Fingerprint();
        for (int i = 0; i < namesAndValues.length; i += 2) fingerprint.add(namesAndValues[i], namesAndValues[i + 1]);
        return fingerprint;
    }

    @Test
    void theOrderOfValuesDoesNotMatter() {
        assertThat(of("a", "1", "b", "2").digest())
                .isEqualTo(of("b", "2", "a", "1").digest())
                .matches("[0-9a-f]{64}");
    }

    @Test
    void namesAndValuesDoNotRunIntoEachOther() {
        assertThat(of("a", "1b2").digest()).isNotEqualTo(of("a", "1", "b", "2").digest());
        assertThat(of("ab", "c").digest()).isNotEqualTo(of("a", "bc").digest());
        assertThat(of("a", "1\n1 b1 2").digest())
                .isNotEqualTo(of("a", "1", "b", "2").digest());
        assertThat(of("a", "").digest()).isNotEqualTo(of().digest());
    }

    @Test
    void theLastValueUnderANameCounts() {
        assertThat(of("a", "1", "a", "2").digest()).isEqualTo(of("a", "2").digest());
    }

    @Test
    void aPrefixKeepsGroupsApart() {
        Map<String, String> values = Map.of("x", "1");
        assertThat(new Fingerprint().addAll("env ", values).digest())
                .isEqualTo(of("env x", "1").digest())
                .isNotEqualTo(new Fingerprint().addAll("set ", values).digest());
    }

    @Test
    void theDigestIsSha256() {
        assertThat(Fingerprint.sha256(new byte[0]))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
