package dev.kitbridge.maven.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.AdapterFactory;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Option;
import dev.kitbridge.maven.failure.Defect;
import dev.kitbridge.maven.failure.UserFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdapterLoaderTest {

    record Options(@Option("How loud") int volume) {
        Options {
            if (volume > 10) throw new IllegalArgumentException("<volume> goes to 10");
        }
    }

    record Silent(String name) implements Adapter {
        @Override
        public void adapt(Builder builder) {}
    }

    abstract static class Factory implements AdapterFactory<Options> {
        @Override
        public Class<Options> optionsType() {
            return Options.class;
        }

        @Override
        public Adapter create(Options options) {
            return new Silent(name() + " " + options.volume());
        }
    }

    public static final class Horn extends Factory {
        @Override
        public String name() {
            return "horn";
        }
    }

    public static final class Bell extends Factory {
        @Override
        public String name() {
            return "bell";
        }

        @Override
        public Adapter create(Options options) {
            if (options.volume() == 7) throw new AdapterException("a bell has no seven");
            return super.create(options);
        }
    }

    public static final class OtherHorn extends Factory {
        @Override
        public String name() {
            return "horn";
        }
    }

    /** Loads these factories from a class path. */
    private static AdapterLoader load(Class<?>... factories) {
        return load(Stream.of(factories).map(Class::getName).toArray(String[]::new));
    }

    private static AdapterLoader load(String... factories) {
        String service = "META-INF/services/" + AdapterFactory.class.getName();
        return AdapterLoader.load(new ClassLoader(AdapterLoaderTest.class.getClassLoader()) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                if (!name.equals(service)) return super.getResources(name);
                return Collections.enumeration(List.of(text(Stream.of(factories).collect(Collectors.joining("\n")))));
            }
        });
    }

    @SuppressWarnings("deprecation")
    private static URL text(String text) throws MalformedURLException {
        return new URL("memory", "", 0, "services", new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
                return new URLConnection(url) {
                    @Override
                    public void connect() {}

                    @Override
                    public ByteArrayInputStream getInputStream() {
                        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
                    }
                };
            }
        });
    }

    private static AdapterEntry entry(String name, String id, Map<String, Object> options) {
        return new AdapterEntry(name, id, options);
    }

    @Test
    void entriesAreCreatedWithTheirOptions() {
        List<ConfiguredAdapter> configured = load(Horn.class, Bell.class)
                .create(List.of(entry("horn", "loud", Map.of("volume", "9")), entry("bell", "bell", Map.of())));
        assertThat(configured).extracting(ConfiguredAdapter::id).containsExactly("loud", "bell");
        assertThat(configured).extracting(one -> one.adapter().name()).containsExactly("horn 9", "bell 0");
        assertThat(configured.get(0).jar()).endsWith("test-classes");
    }

    @Test
    void withoutEntriesTheOneAdapterIsUsed() {
        assertThat(load(Horn.class).create(List.of()))
                .extracting(ConfiguredAdapter::id, one -> one.adapter().name())
                .containsExactly(org.assertj.core.groups.Tuple.tuple("horn", "horn 0"));
    }

    @Test
    void withoutEntriesAndWithSeveralAdaptersAllAreListed() {
        assertThatThrownBy(() -> load(Horn.class, Bell.class).create(List.of()))
                .isInstanceOf(UserFailure.class)
                .hasMessageContaining("Several adapters")
                .hasMessageMatching(
                        "(?s).*'bell' \\(.*test-classes\\), 'horn' \\(.*test-classes\\); add <adapters><bell/></adapters>.*");
    }

    @Test
    void withoutAnAdapterTheErrorSaysHowToAddOne() {
        assertThatThrownBy(() -> load(new String[0]).create(List.of()))
                .isInstanceOf(UserFailure.class)
                .hasMessage(
                        "There is no adapter on the plugin's class path; add an adapter to the plugin's <dependencies>,"
                                + " for example dev.kitbridge:adapter-static");
    }

    @Test
    void anUnknownAdapterIsNamedWithTheClosestAndAllAvailableOnes() {
        assertThatThrownBy(() -> load(Horn.class, Bell.class).create(List.of(entry("hron", "hron", Map.of()))))
                .isInstanceOf(UserFailure.class)
                .hasMessageContaining("No adapter is named 'hron'; did you mean 'horn'?")
                .hasMessageContaining("Found: 'bell' (");
    }

    @Test
    void twoFactoriesOfOneNameAreRejectedWithBothClasses() {
        assertThatThrownBy(() -> load(Horn.class, OtherHorn.class))
                .isInstanceOf(Defect.class)
                .hasMessageContaining("are named 'horn'")
                .hasMessageContaining(Horn.class.getName())
                .hasMessageContaining(OtherHorn.class.getName());
    }

    @Test
    void aFactoryThatCannotBeLoadedIsAFailureOfItsArtifact() {
        assertThatThrownBy(() -> load("com.example.Missing"))
                .isInstanceOf(Defect.class)
                .hasMessageContaining("cannot be loaded")
                .hasMessageContaining("com.example.Missing");
    }

    @Test
    void theErrorOfAFactoryOrItsRecordNamesTheAdapter() {
        AdapterLoader loader = load(Bell.class);
        assertThatThrownBy(() -> loader.create(List.of(entry("bell", "bell", Map.of("volume", "7")))))
                .isInstanceOf(UserFailure.class)
                .hasMessage("<bell>: a bell has no seven");
        assertThatThrownBy(() -> loader.create(List.of(entry("bell", "bell", Map.of("volume", "11")))))
                .isInstanceOf(UserFailure.class)
                .hasMessage("<bell>: <volume> goes to 10");
    }

    @Test
    void adaptersAreDescribedWithTheirArtifacts() {
        AdapterLoader loader = load(Horn.class);
        String jar = loader.found().get(0).jar();
        assertThat(loader.describe(Map.of(jar, "com.example:horns:1")))
                .containsExactly(
                        "horn  (com.example:horns:1)", "  <volume>  a whole number, default 0", "      How loud");
    }

    @Test
    void anElementOutsideOfAdaptersIsReportedWithItsLocation() {
        AdapterLoader loader = load(Bell.class);
        assertThat(loader.advice("bell"))
                .isEqualTo("; it is an adapter, which belongs in <adapters>: <adapters><bell/></adapters>");
        assertThat(loader.advice("volume"))
                .isEqualTo("; it is an option of an adapter: <adapters><bell><volume>...</volume></bell></adapters>");
        assertThat(loader.advice("port")).isEmpty();
    }
}
