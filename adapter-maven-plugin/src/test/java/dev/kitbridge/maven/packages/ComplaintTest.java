package dev.kitbridge.maven.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComplaintTest {

    private static List<String> lines(String text, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> text + " " + i).toList();
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    @Test
    void theOutputOfAFailingScriptPrecedesThatOfNpm() {
        List<String> output = joined(lines("compiling", 8), List.of("npm error code 1", "npm error path /app"));
        assertThat(Complaint.of(output))
                .containsExactly(
                        "compiling 4",
                        "compiling 5",
                        "compiling 6",
                        "compiling 7",
                        "compiling 8",
                        "npm error code 1",
                        "npm error path /app");
    }

    @Test
    void warningsEmptyLinesAndTheManualAreLeftOut() {
        assertThat(Complaint.of(List.of(
                        "npm warn deprecated tides@1.0.0",
                        "npm error code EUSAGE",
                        "npm error",
                        "npm error the lock file is not in sync",
                        "npm error Usage:",
                        "npm error npm ci",
                        "npm error --omit",
                        "npm error A complete log of this run can be found in: /logs/1.log")))
                .containsExactly(
                        "npm error code EUSAGE",
                        "npm error the lock file is not in sync",
                        "npm error A complete log of this run can be found in: /logs/1.log");
    }

    @Test
    void theMiddleOfManyLinesIsOmitted() {
        List<String> kept = Complaint.of(lines("npm error", 40));
        assertThat(kept).hasSize(16).startsWith("npm error 1").endsWith("npm error 40");
        assertThat(kept.get(9)).isEqualTo("...");
        assertThat(kept.get(10)).isEqualTo("npm error 35");
    }

    @Test
    void withoutAnErrorTheLastLinesCount() {
        assertThat(Complaint.of(lines("resolving", 30)))
                .hasSize(15)
                .startsWith("resolving 16")
                .endsWith("resolving 30");
        assertThat(Complaint.of(List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ERR_PNPM_OUTDATED_LOCKFILE  Cannot install", "error: lockfile had changes", "[ERROR] no network"})
    void otherPackageManagersHaveOtherErrors(String error) {
        List<String> output = joined(lines("working", 20), List.of(error));
        assertThat(Complaint.of(output)).hasSize(6).startsWith("working 16").endsWith(error);
    }

    @ParameterizedTest
    @CsvSource({
        "https://npm.example/svelte, svelte",
        "https://npm.example/@sveltejs%2fkit, @sveltejs/kit",
        "https://npm.example/mirror/@sveltejs/kit/-/kit-3.2.0.tgz, @sveltejs/kit",
        "http://npm.example/svelte/-/svelte-5.0.0.tgz, svelte"
    })
    void aMissingPackageInTheCacheIsNamed(String url, String name) {
        String line = "npm error request to " + url + " failed: cache mode is 'only-if-cached' but no cached response"
                + " is available.";
        assertThat(Complaint.notCached(List.of("npm error code ENOTCACHED", line)))
                .hasValue(name);
    }

    @Test
    void anotherErrorNamesNoPackage() {
        assertThat(Complaint.notCached(List.of("npm error code E404", "npm error 404 Not Found")))
                .isEmpty();
    }
}
