package dev.kitbridge.adapters.jvm.build;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Builder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * The module's own jar as maven-jar-plugin wrote it. Spring Boot replaces that file with an executable jar. In it, the
 * module's classes are not at the root, and all dependencies are nested a second time.
 */
final class MainJar {

    private MainJar() {}

    /**
     * Returns the jar. If Spring Boot has replaced it, returns a copy of {@code <name>.original}, which has the jar's
     * name.
     *
     * @throws AdapterException if Spring Boot has replaced the jar and the original does not exist
     */
    static Path of(Builder builder, Path jar) throws IOException {
        if (!isExecutable(jar)) return jar;
        Path original = jar.resolveSibling(jar.getFileName() + ".original");
        if (!Files.isRegularFile(original)) {
            throw new AdapterException(jar + " is Spring Boot's executable jar, which holds all dependencies, and "
                    + original.getFileName() + ", the module's own jar, is not beside it; put adapter-maven-plugin"
                    + " before spring-boot-maven-plugin in the POM, so that it runs first in the phase package, or set"
                    + " <mainJar>false</mainJar>");
        }
        Path folder = builder.buildDirectory("main");
        builder.clear(folder);
        return Files.copy(original, folder.resolve(jar.getFileName()));
    }

    private static boolean isExecutable(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            return manifest != null && manifest.getMainAttributes().getValue("Spring-Boot-Classes") != null;
        }
    }
}
