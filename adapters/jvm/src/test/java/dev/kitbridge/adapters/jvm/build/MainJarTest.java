package dev.kitbridge.adapters.jvm.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.test.RecordedApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainJarTest {

    @TempDir
    Path module;

    private Builder builder() throws IOException {
        return RecordedApp.KIT_3.in(module).builder("jvm");
    }

    private Path jar(boolean executable) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (executable) {
            manifest.getMainAttributes().putValue("Spring-Boot-Classes", "BOOT-INF/classes/");
        }
        Path jar = Files.createDirectories(module.resolve("target")).resolve("lighthouse-1.0.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    @Test
    void aPlainJarIsUsedUnchanged() throws IOException {
        Path jar = jar(false);
        assertThat(MainJar.of(builder(), jar)).isEqualTo(jar);
    }

    /** Its name ends in .jar again: services are found in jars only. */
    @Test
    void theJarThatSpringBootKeptIsTaken() throws IOException {
        Path jar = jar(true);
        Files.writeString(module.resolve("target/lighthouse-1.0.jar.original"), "the module's own");
        Path taken = MainJar.of(builder(), jar);
        assertThat(taken).hasFileName("lighthouse-1.0.jar").hasContent("the module's own");
        assertThat(MainJar.of(builder(), jar)).isEqualTo(taken);
    }

    @Test
    void withoutItTheOrderOfThePluginsIsNamed() throws IOException {
        Path jar = jar(true);
        Builder builder = builder();
        assertThatThrownBy(() -> MainJar.of(builder, jar))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("Spring Boot's executable jar")
                .hasMessageContaining("lighthouse-1.0.jar.original")
                .hasMessageContaining("put adapter-maven-plugin before spring-boot-maven-plugin");
    }
}
