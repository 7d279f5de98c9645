package dev.kitbridge.maven.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClosestTest {

    @Test
    void theClosestComesFirst() {
        assertThat(Closest.to("fallbak", List.of("pages", "fallbacks", "fallback")))
                .containsExactly("fallback", "fallbacks");
    }

    @Test
    void candidatesThatAreEquallyCloseAreInOrder() {
        assertThat(Closest.to("bat", List.of("rat", "cat"))).containsExactly("cat", "rat");
    }

    @Test
    void caseDoesNotCount() {
        assertThat(Closest.to("STATIC", List.of("static"))).containsExactly("static");
    }

    @Test
    void aWordThatDiffersInMoreThanAThirdIsNotSuggested() {
        assertThat(Closest.to("precompress", List.of("pages", "assets", "strict")))
                .isEmpty();
        assertThat(Closest.suggestion("precompress", List.of("pages"))).isEmpty();
    }

    @Test
    void aSuggestionNamesAll() {
        assertThat(Closest.suggestion("bat", List.of("rat", "cat"))).isEqualTo("; did you mean 'cat' or 'rat'?");
    }
}
