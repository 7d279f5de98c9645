package dev.kitbridge.adapters.jvm.build;

import dev.kitbridge.adapter.Log;
import dev.kitbridge.server.services.ServiceFinder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.jar.JarFile;

/** The services that the module and what it needs bring along. */
final class ModuleServices {

    private ModuleServices() {}

    /** Names of annotated interfaces that something implements. */
    static List<String> find(Collection<Path> jars, Log log) throws IOException {
        List<String> services = new ArrayList<>();
        for (String name : ServiceFinder.find(List.copyOf(jars))) {
            String entry = "META-INF/services/" + name;
            if (isIn(jars, entry)) services.add(name);
            else
                log.warn("Nothing implements the service " + name + ", so the app cannot call it; an implementation is"
                        + " named in " + entry);
        }
        return services;
    }

    private static boolean isIn(Collection<Path> jars, String entry) throws IOException {
        for (Path file : jars) {
            try (JarFile jar = new JarFile(file.toFile())) {
                if (jar.getEntry(entry) != null) return true;
            }
        }
        return false;
    }
}
