package dev.kitbridge.maven.services;

import dev.kitbridge.maven.process.ProcessLog;
import dev.kitbridge.services.internal.ServiceFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A module's class path, and the services on it.
 *
 * @param classPath the module's classes and its dependencies
 * @param interfaces names of all annotated interfaces
 */
public record ModuleClasses(List<Path> classPath, List<String> interfaces) {

    /** The classes of a module that cannot have services. */
    public static final ModuleClasses NONE = new ModuleClasses(List.of(), List.of());

    /** Finds the annotated interfaces on a class path. */
    public static ModuleClasses of(List<Path> classPath) throws IOException {
        return new ModuleClasses(classPath, ServiceFinder.find(classPath));
    }

    /**
     * Returns the services that have an implementation, not started yet; null if the module has none.
     *
     * @param host jars of the process that runs the services
     * @param jvm arguments for its JVM
     * @param directory its working directory
     */
    public @Nullable ServiceProcess services(List<Path> host, List<String> jvm, Path directory, ProcessLog log)
            throws IOException {
        List<String> implemented = new ArrayList<>();
        for (String name : interfaces) {
            if (exists("META-INF/services/" + name)) implemented.add(name);
            else if (hasSpringBeans())
                log.say("The service " + name + " is a bean; it can be called when the application runs");
            else
                log.warn("Nothing implements the service " + name + ", so the app cannot call it; an implementation"
                        + " is named in META-INF/services/" + name
                        + ", unless it is a bean of a Spring Boot application that depends on this module");
        }
        if (implemented.isEmpty()) return null;
        Set<Path> all = new LinkedHashSet<>(classPath);
        all.addAll(host);
        return new ServiceProcess(new ClassPath(List.copyOf(all)), implemented, jvm, directory, log);
    }

    private boolean hasSpringBeans() {
        return classPath.stream()
                .anyMatch(path -> String.valueOf(path.getFileName()).startsWith("kitbridge-spring-boot-starter-"));
    }

    private boolean exists(String entry) throws IOException {
        for (Path path : classPath) {
            if (Files.isDirectory(path)) {
                if (Files.exists(path.resolve(entry))) return true;
            } else if (Files.isRegularFile(path) && path.toString().endsWith(".jar")) {
                try (ZipFile jar = new ZipFile(path.toFile())) {
                    if (jar.getEntry(entry) != null) return true;
                }
            }
        }
        return false;
    }
}
