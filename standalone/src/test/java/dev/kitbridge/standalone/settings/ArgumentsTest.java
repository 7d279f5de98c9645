package dev.kitbridge.standalone.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.server.StartException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

    @Test
    void eachIsKnown() {
        assertThat(Arguments.of(List.of())).isEqualTo(new Arguments.Serve());
        assertThat(Arguments.of(List.of("--help"))).isEqualTo(new Arguments.Help());
        assertThat(Arguments.of(List.of("-h"))).isEqualTo(new Arguments.Help());
        assertThat(Arguments.of(List.of("--version"))).isEqualTo(new Arguments.Version());
        assertThat(Arguments.of(List.of("--check"))).isEqualTo(new Arguments.Check("/"));
        assertThat(Arguments.of(List.of("--check=/a?b"))).isEqualTo(new Arguments.Check("/a?b"));
        assertThat(Arguments.of(List.of("--make-archive"))).isEqualTo(new Arguments.MakeArchive(null));
        assertThat(Arguments.of(List.of("--make-archive=x.jsa")))
                .isEqualTo(new Arguments.MakeArchive(Path.of("x.jsa").toAbsolutePath()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "serve", "--help=x", "--version=1", "", "--check-it"})
    void anotherOneIsAMistake(String argument) {
        assertThatThrownBy(() -> Arguments.of(List.of(argument)))
                .isInstanceOf(StartException.class)
                .hasMessage("The argument '" + argument + "' is not known; there are --help, --version, --check[=/path]"
                        + " and --make-archive[=file], one at a time");
    }

    @Test
    void theyGoAlone() {
        assertThatThrownBy(() -> Arguments.of(List.of("--check", "--version")))
                .hasMessageStartingWith("The argument '--version' is not known");
    }

    @ParameterizedTest
    @ValueSource(strings = {"about", "/a b", "http://a.test/"})
    void aCheckAsksForAPath(String path) {
        assertThatThrownBy(() -> Arguments.of(List.of("--check=" + path)))
                .hasMessage(
                        "--check has the path '" + path + "'; it accepts one that begins with a slash: --check=/about");
    }
}
