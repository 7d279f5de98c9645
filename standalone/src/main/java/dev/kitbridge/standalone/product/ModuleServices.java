package dev.kitbridge.standalone.product;

import dev.kitbridge.server.ServiceConnector;
import dev.kitbridge.server.ServiceLimits;
import dev.kitbridge.server.packed.PackedApp;
import dev.kitbridge.services.PlatformServices;
import dev.kitbridge.services.ServiceConnections;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The services of the app's Maven module. Their classes are in jars nested in the product. They see only the
 * annotations and types of services from the server, so that the module can use any version of a library.
 */
public final class ModuleServices {

    private static final String LOADER = "org.springframework.boot.loader.";

    private final ClassLoader product;
    private final Path jar;
    private final List<String> interfaces;
    private final ServiceLimits limits;

    private ModuleServices(ClassLoader product, Path jar, List<String> interfaces, ServiceLimits limits) {
        this.product = product;
        this.jar = jar;
        this.interfaces = interfaces;
        this.limits = limits;
    }

    /** Starts to load the services; returns null if the app has none. */
    public static @Nullable ServiceConnector connector(Product product, ServiceLimits limits) throws IOException {
        ClassLoader own = ModuleServices.class.getClassLoader();
        List<String> interfaces = lines(own, PackedApp.SERVICES);
        if (interfaces.isEmpty()) return null;
        return new ServiceConnections(new ModuleServices(own, product.jar(), interfaces, limits)::load);
    }

    /** Returns the simple names of the services' interfaces. */
    public static List<String> names() throws IOException {
        return lines(ModuleServices.class.getClassLoader(), PackedApp.SERVICES).stream()
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .toList();
    }

    private static List<String> lines(ClassLoader jar, String name) throws IOException {
        try (InputStream in = jar.getResourceAsStream(name)) {
            if (in == null) return List.of();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private PlatformServices load() throws IOException {
        List<String> libraries = lines(product, PackedApp.FOLDER + "classpath");
        URL[] urls = new URL[libraries.size()];
        try {
            product.loadClass(LOADER + "net.protocol.Handlers")
                    .getMethod("register")
                    .invoke(null);
            var nested =
                    product.loadClass(LOADER + "net.protocol.jar.JarUrl").getMethod("create", File.class, String.class);
            for (int i = 0; i < urls.length; i++) urls[i] = (URL) nested.invoke(null, jar.toFile(), libraries.get(i));
            ClassLoader module = (ClassLoader) product.loadClass(LOADER + "launch.LaunchedClassLoader")
                    .getConstructor(boolean.class, URL[].class, ClassLoader.class)
                    .newInstance(false, urls, new Shared(product));
            return PlatformServices.load(interfaces, module, limits);
        } catch (InvocationTargetException e) {
            throw new IOException("the module's classes in " + jar + " cannot be loaded: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IOException("the jar has no loader for nested jars", e);
        }
    }

    /** Finds the JDK's classes, and those of the product that server and services share. */
    private static final class Shared extends ClassLoader {

        private static final List<String> PACKAGES =
                List.of("dev.kitbridge.platform.", "com.fasterxml.jackson.annotation.");

        private final ClassLoader product;

        Shared(ClassLoader product) {
            super("kitbridge-shared", getPlatformClassLoader());
            this.product = product;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (PACKAGES.stream().anyMatch(name::startsWith)) return product.loadClass(name);
            throw new ClassNotFoundException(name);
        }
    }
}
