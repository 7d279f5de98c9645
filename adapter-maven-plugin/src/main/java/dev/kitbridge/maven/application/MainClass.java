package dev.kitbridge.maven.application;

import dev.kitbridge.maven.failure.UserFailure;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.boot.loader.tools.MainClassFinder;

/** Finds the main class of a Spring Boot application as Spring Boot's own plugin does. */
public final class MainClass {

    private static final String ANNOTATION = "org.springframework.boot.autoconfigure.SpringBootApplication";

    private MainClass() {}

    /**
     * Returns the class with a main method and {@code @SpringBootApplication}, or the only one with a main method.
     *
     * @param classes the module's compiled classes
     * @throws UserFailure if the module has no such class, or more than one
     */
    public static String find(Path classes) throws IOException {
        String found;
        try {
            found = MainClassFinder.findSingleMainClass(classes.toFile(), ANNOTATION);
        } catch (IllegalStateException e) {
            // "Unable to find a single main class from the following candidates [a, b]"
            throw new UserFailure(e.getMessage() + "; choose one with -Dadapter.mainClass, or <mainClass>", e);
        }
        if (found != null) return found;
        throw new UserFailure("No class in " + classes + " has a main method; adapter:dev starts the Spring Boot"
                + " application of a module that depends on kitbridge-spring-boot-starter. Name a class of another module"
                + " with <mainClass>, or set -Dadapter.application=false to run Vite alone");
    }
}
