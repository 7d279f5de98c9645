package dev.kitbridge.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.platform.PlatformService;
import dev.kitbridge.services.internal.ServiceFinder;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformServicesTest {

    @PlatformService
    interface Basket {
        void add(long id);
    }

    @PlatformService("lab")
    interface OtherLab {}

    @PlatformService("two words")
    interface BadName {}

    @PlatformService
    interface BadMethod {
        void then();
    }

    @PlatformService
    interface Ambiguous {
        void put(String text);

        void put(int number);
    }

    @PlatformService(timeout = "soon")
    interface BadTimeout {
        void call();
    }

    interface NotAnnotated {}

    private static Object any(Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null);
    }

    private static void refused(Class<?> type, String message) {
        assertThatThrownBy(() -> PlatformServices.of(Map.of(type, any(type))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theDefaultNameIsThatOfTheInterface() {
        assertThat(PlatformServices.of(Map.of(Basket.class, any(Basket.class), Lab.class, new TestLab()))
                        .names())
                .containsExactly("basket", "lab");
    }

    @Test
    void interfacesThatJavaScriptCannotCallAreRejected() {
        refused(NotAnnotated.class, "NotAnnotated is not an interface with @PlatformService");
        refused(BadName.class, "'two words' is the name of the service");
        refused(BadMethod.class, "'then' is the name of a method of");
        refused(Ambiguous.class, "have the same number of parameters, by which JavaScript chooses the overload");
        refused(BadTimeout.class, "timeout = \"soon\" of");
        assertThatThrownBy(() -> PlatformServices.of(Map.of(TestLab.class, new TestLab())))
                .hasMessageContaining("TestLab is not an interface");
        Map<Class<?>, Object> same = new LinkedHashMap<>();
        same.put(Lab.class, new TestLab());
        same.put(OtherLab.class, any(OtherLab.class));
        assertThatThrownBy(() -> PlatformServices.of(same)).hasMessageContaining("Two services are called lab");
        assertThatThrownBy(() -> PlatformServices.of(Map.of(Lab.class, "text")))
                .hasMessage("java.lang.String does not implement " + Lab.class.getName());
    }

    @Test
    void implementationsAreFoundByTheServiceLoader(@TempDir Path folder) throws Exception {
        String name = Lab.class.getName();
        Path file = folder.resolve("META-INF/services/" + name);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, Lab.class.getClassLoader())) {
            assertThatThrownBy(() -> PlatformServices.load(List.of(name), loader))
                    .hasMessage("Nothing implements the service " + name
                            + "; expected the implementation's name in META-INF/services/" + name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, TestLab.class.getName());
            try (PlatformServices services = PlatformServices.load(List.of(name), loader)) {
                assertThat(services.names()).containsExactly("lab");
            }
            assertThatThrownBy(() -> PlatformServices.load(List.of("org.example.Nowhere"), loader))
                    .hasMessage("The service org.example.Nowhere is not on the class path");
        }
    }

    @Test
    void interfacesAreFoundOnAClassPath(@TempDir Path folder) throws Exception {
        Path classes = Path.of(PlatformServicesTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path jar = folder.resolve("some.jar");
        String entry = Lab.class.getName().replace('.', '/') + ".class";
        try (var out = new java.util.jar.JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new java.util.zip.ZipEntry(entry));
            out.write(Files.readAllBytes(classes.resolve(entry)));
        }
        // in a jar, only interfaces with an implementation, in another jar or in a folder, are found
        assertThat(ServiceFinder.find(List.of(jar, folder.resolve("nowhere")))).isEmpty();
        Path services = Files.createDirectories(folder.resolve("own/META-INF/services"));
        Files.writeString(services.resolve(Lab.class.getName()), TestLab.class.getName());
        assertThat(ServiceFinder.find(List.of(jar, folder.resolve("own")))).containsExactly(Lab.class.getName());
        Path other = folder.resolve("other.jar");
        try (var out = new java.util.jar.JarOutputStream(Files.newOutputStream(other))) {
            out.putNextEntry(new java.util.zip.ZipEntry("META-INF/services/" + Lab.class.getName()));
            out.putNextEntry(new java.util.zip.ZipEntry("META-INF/services/java.sql.Driver"));
        }
        assertThat(ServiceFinder.find(List.of(jar, other))).containsExactly(Lab.class.getName());
        assertThat(ServiceFinder.find(List.of(classes)))
                .contains(Lab.class.getName(), Basket.class.getName())
                .doesNotContain(TestLab.class.getName(), NotAnnotated.class.getName());
        Path broken = Files.createDirectories(folder.resolve("broken"));
        Files.write(
                broken.resolve("A.class"),
                PlatformService.class.descriptorString().getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> ServiceFinder.find(List.of(broken))).hasMessageContaining("A.class is no class file");
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "5m, PT5M", "1h, PT1H", "PT2.5S, PT2.5S"})
    void timeouts(String text, Duration duration) {
        assertThat(Timeouts.parse(text, "x")).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({"0s", "-1s", "''", "30", "PT0S", "PT-1S", "99999999999s"})
    void invalidTimeouts(String text) {
        assertThatThrownBy(() -> Timeouts.parse(text, "org.example.Catalog"))
                .hasMessage("timeout = \"" + text
                        + "\" of org.example.Catalog; expected 500ms, 30s, 5m or ISO 8601, such as PT30S");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "[]|0",
                "[ ]|0",
                "[1]|1",
                "[[]]|1",
                "[1,[2,3],{\"a\":1,\"b\":2}]|3",
                "[\"a,\\\",b\"]|1",
                "[\"]\",2]|2",
                "{\"a\":1}|0"
            },
            delimiter = '|')
    void argumentsAreCounted(String json, int count) {
        assertThat(new Values().length(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(count);
    }
}
