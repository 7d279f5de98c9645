package dev.kitbridge.maven.build;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FactsTest {

    private static Facts facts(String... namesAndValues) {
        Facts facts = Facts.none();
        for (int i = 0; i < namesAndValues.length; i += 2) facts.add("", namesAndValues[i], namesAndValues[i + 1]);
        return facts;
    }

    @Test
    void equalFactsHaveNoDifference() {
        assertThat(facts("file a", "1").difference(facts("file a", "1"))).isNull();
        assertThat(facts("file a", "missing").difference(facts())).isNull();
    }

    @Test
    void aDifferenceIsOneLine() {
        assertThat(facts("file src/a.js", "1").difference(facts("file src/a.js", "2")))
                .isEqualTo("src/a.js changed");
        assertThat(facts().difference(facts("file .env.local", "1"))).isEqualTo(".env.local is new");
        assertThat(facts("file a", "1").difference(facts("file a", "missing"))).isEqualTo("a is missing");
        assertThat(facts("variable CITY", "1").difference(facts())).isEqualTo("the environment variable CITY changed");
        assertThat(facts("folder ../content", "1").difference(facts("folder ../content", "2")))
                .isEqualTo("the files in ../content changed");
        assertThat(facts("SvelteKit", "3.2.0").difference(facts("SvelteKit", "3.3.0")))
                .isEqualTo("SvelteKit changed from 3.2.0 to 3.3.0");
        assertThat(facts("Kitbridge", "0123456789abcdef0123").difference(facts("Kitbridge", "1123456789abcdef0123")))
                .isEqualTo("Kitbridge changed");
    }

    @Test
    void severalFilesAreCountedAndSomeNamed() {
        assertThat(facts("file a", "1", "file b", "1", "Node", "1")
                        .difference(facts("file a", "2", "file c", "1", "Node", "2")))
                .isEqualTo("Node changed from 1 to 2, 3 files changed: a, b (missing), c (new)");
        assertThat(facts().difference(facts("file a", "1", "file b", "1", "file c", "1", "file d", "1")))
                .isEqualTo("4 files changed: a (new), b (new), c (new) and 1 more");
    }

    @Test
    void anInputThatCannotBeComparedIsAlwaysADifference() {
        Facts facts = facts("unknown the program 'protoc'", "");
        assertThat(facts.difference(facts))
                .isEqualTo("the last build used the program 'protoc', whose value may have changed");
    }
}
