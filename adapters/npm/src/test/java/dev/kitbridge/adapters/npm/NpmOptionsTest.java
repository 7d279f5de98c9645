package dev.kitbridge.adapters.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.JavaScriptAdapter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NpmOptionsTest {

    private static NpmOptions options(String name, String version, Object options, List<String> outputs) {
        return new NpmOptions(name, version, options, null, null, outputs);
    }

    @Test
    void thePackageIsTheAdapter() {
        assertThat(options(" @sveltejs/adapter-node ", " ^6.0.0 ", Map.of("out", "site"), null)
                        .adapter())
                .isEqualTo(new JavaScriptAdapter("@sveltejs/adapter-node", "^6.0.0", Map.of("out", "site")));
        assertThat(options("a", " ", null, null).adapter()).isEqualTo(new JavaScriptAdapter("a", null, Map.of()));
    }

    @Test
    void wrongValuesAreRejectedWithAnExample() {
        assertThatThrownBy(() -> options(null, null, null, null))
                .hasMessage("<package> is missing; it names the npm package of the adapter, @sveltejs/adapter-node for"
                        + " example");
        assertThatThrownBy(() -> options("../evil", null, null, null))
                .hasMessage("'../evil' is not the name of an npm package; expected a name such as"
                        + " @sveltejs/adapter-node");
        assertThatThrownBy(() -> options("a", "--registry=x", null, null))
                .hasMessage("'--registry=x' is not a version of an npm package; expected a version such as 7.2.9 or a"
                        + " range such as ^7.2.0");
        assertThatThrownBy(() -> options("a", "git+ssh://x", null, null)).hasMessageContaining("is not a version");
        assertThatThrownBy(() -> options("a", null, null, List.of("build")))
                .hasMessageStartingWith("<outputs> names what to attach or to copy; add <attach>true</attach>");
    }
}
