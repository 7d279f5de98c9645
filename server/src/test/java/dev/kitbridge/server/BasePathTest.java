package dev.kitbridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.server.internal.site.SiteManifest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BasePathTest {

    private static final SiteManifest BUILT =
            new SiteManifest("3.2.0", "1", "/base", "", "base/_app", "", "", List.of(), List.of());

    private static SiteManifest site(String fixed) {
        return new SiteManifest("3.2.0", "1", "", fixed, "_app", "", "", List.of(), List.of());
    }

    @Test
    void withoutAnotherBasePathItIsTheSame() {
        SiteManifest fixed = site("a reason");
        assertThat(BasePath.apply(fixed, "")).isSameAs(fixed);
        assertThat(BasePath.apply(BUILT, "")).isSameAs(BUILT);
        assertThat(BasePath.apply(BUILT, "/base")).isSameAs(BUILT);
    }

    /** A container's context path may be above the app's base path. */
    @Test
    void aPathAboveTheBuiltOne() {
        SiteManifest below = new SiteManifest("3.2.0", "1", "/a/b", "", "a/b/_app", "", "", List.of(), List.of());
        assertThat(BasePath.apply(below, "/a")).isSameAs(below);
        assertThatThrownBy(() -> BasePath.apply(below, "/a/b/c")).isInstanceOf(StartException.class);
    }

    @Test
    void anotherPathThanTheBuiltOne() {
        assertThatThrownBy(() -> BasePath.apply(BUILT, "/bas"))
                .isInstanceOf(StartException.class)
                .hasMessage("The app was built for the base path '/base', and cannot be served at '/bas'; serve it at"
                        + " '/base', or remove paths.base from the app's configuration");
    }

    @Test
    void anAppThatCannotBeMoved() {
        assertThatThrownBy(() -> BasePath.apply(site("it has a link"), "/shop"))
                .isInstanceOf(StartException.class)
                .hasMessage("The app cannot be served at '/shop': it has a link");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "shop",
                "/shop/",
                "//shop",
                "/shop//eu",
                "/..",
                "/a/../b",
                "/a/.",
                "/a b",
                "/\u00e9",
                "/a%20",
                "/a?b",
                "/\"",
                "/a\n"
            })
    void pathsThatAreNone(String path) {
        assertThatThrownBy(() -> BasePath.apply(site(""), path))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("The app cannot be served at the base path '" + path + "'; expected segments");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop", "/shop/eu", "/.well-known/x", "/...", "/a.b~c_d-1"})
    void pathsThatAreAccepted(String path) {
        assertThat(BasePath.apply(site(""), path).base()).isEqualTo(path);
    }
}
