package dev.kitbridge.adapters.statics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.AdapterFactory;
import dev.kitbridge.adapters.statics.StaticOptions.Target;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaticOptionsTest {

    @Test
    void hasTheDefaultsOfAdapterStatic() {
        StaticOptions options = new StaticOptions(null, null, null, null, null, null);
        assertThat(options.pages()).isNull();
        assertThat(options.assets()).isNull();
        assertThat(options.fallback()).isNull();
        assertThat(options.precompress()).isEqualTo(Precompress.NONE);
        assertThat(options.strict()).isTrue();
        assertThat(options.target()).isEqualTo(Target.FOLDER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "/200.html", "../200.html"})
    void rejectsAFallbackOutsideTheSite(String fallback) {
        assertThatThrownBy(() -> new StaticOptions(null, null, fallback, null, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("<fallback> is '" + fallback
                        + "'; it accepts the name of a file in the site, 200.html for example");
    }

    @Test
    void rejectsFoldersForResources() {
        assertThatThrownBy(() -> new StaticOptions(Path.of("target/a"), null, null, null, null, Target.RESOURCES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be combined with <pages> or <assets>; remove them");
    }

    @Test
    @SuppressWarnings("rawtypes")
    void findsTheFactory() {
        assertThat(ServiceLoader.load(AdapterFactory.class).stream()
                        .map(found -> found.get().name()))
                .contains("static");
    }
}
