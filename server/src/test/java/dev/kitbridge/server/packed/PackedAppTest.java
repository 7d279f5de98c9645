package dev.kitbridge.server.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.server.Init;
import dev.kitbridge.server.StartException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedAppTest {

    @TempDir
    Path temp;

    @Test
    void theAppIsFoundOnTheClassPath() throws Exception {
        try (URLClassLoader loader = loader(folder("classes"))) {
            assertThat(PackedApp.of(loader).javaScript()).isEqualTo(Init.JavaScript.BUN);
        }
    }

    @Test
    void withoutAnAppTheErrorNamesTheMissingFile() throws Exception {
        try (URLClassLoader loader = loader()) {
            assertThat(PackedApp.find(loader)).isNull();
            assertThatThrownBy(() -> PackedApp.of(loader))
                    .isInstanceOf(StartException.class)
                    .hasMessage("The class path has no SvelteKit app: META-INF/kitbridge/app.properties is missing;"
                            + " expected the output of adapter-jvm");
        }
    }

    @Test
    void twoAppsAreRejectedWithThePlacesOfBoth() throws Exception {
        URL folder = folder("classes");
        URL jar = jar("shop.jar");
        try (URLClassLoader loader = loader(folder, jar)) {
            assertThatThrownBy(() -> PackedApp.of(loader))
                    .isInstanceOf(StartException.class)
                    .hasMessage("The class path has 2 SvelteKit apps: " + folder + " and jar:" + jar
                            + "; expected one: remove a dependency, or its app");
        }
    }

    private URL folder(String name) throws IOException {
        Path file = temp.resolve(name).resolve(PackedApp.PROPERTIES);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "runtime=bun\n");
        return temp.resolve(name).toUri().toURL();
    }

    private URL jar(String name) throws IOException {
        Path file = temp.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new JarEntry(PackedApp.PROPERTIES));
            out.write(new byte[0]);
        }
        return file.toUri().toURL();
    }

    private static URLClassLoader loader(URL... urls) {
        return new URLClassLoader(urls, null);
    }
}
