package dev.kitbridge.maven.types;

import dev.kitbridge.maven.failure.UserFailure;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Loads the annotated interfaces of a module for reflection. */
public final class ServiceInterfaces implements AutoCloseable {

    private final URLClassLoader loader;
    private final Map<String, Class<?>> services = new TreeMap<>();

    /**
     * Loads interfaces.
     *
     * @param names of the interfaces
     * @throws UserFailure if an interface cannot be loaded
     */
    public ServiceInterfaces(Collection<Path> classPath, Collection<String> names) throws IOException {
        this.loader = new URLClassLoader(urls(classPath), ClassLoader.getPlatformClassLoader());
        for (String name : names) {
            try {
                Class<?> type = Class.forName(name, false, loader);
                services.put(nameOf(type), type);
            } catch (ClassNotFoundException | LinkageError e) {
                close();
                throw new UserFailure(
                        "The service " + name + " cannot be loaded: " + e + "; see that the module depends on all that"
                                + " its services use",
                        e);
            }
        }
    }

    /** Returns the interfaces by the names of the services in JavaScript. */
    public Map<String, Class<?>> byName() {
        return services;
    }

    /** Returns the names of the callable methods by service. */
    public Map<String, List<String>> methods() {
        Map<String, List<String>> methods = new TreeMap<>();
        services.forEach((name, type) -> methods.put(
                name,
                TypeWriter.methods(type).stream()
                        .map(Method::getName)
                        .distinct()
                        .sorted()
                        .toList()));
        return methods;
    }

    private static String nameOf(Class<?> type) {
        String simple = type.getSimpleName();
        return Annotations.text(type, Annotations.SERVICE)
                .orElse(Character.toLowerCase(simple.charAt(0)) + simple.substring(1));
    }

    private static URL[] urls(Collection<Path> classPath) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (Path entry : classPath) urls.add(entry.toUri().toURL());
        return urls.toArray(new URL[0]);
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
