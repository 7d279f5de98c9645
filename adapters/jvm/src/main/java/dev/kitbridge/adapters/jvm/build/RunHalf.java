package dev.kitbridge.adapters.jvm.build;

import dev.kitbridge.adapter.AdapterException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** What of the adapter's own jar goes into the product: everything but what builds, and what services alone need. */
final class RunHalf {

    private RunHalf() {}

    /**
     * A jar of it. To write it takes longer than most that the adapter does, and it changes with the adapter alone.
     *
     * @param folder keeps it for the next build
     * @param services whether the product has services
     */
    static Path jar(Path folder, boolean services) throws IOException {
        Path own = ownJar();
        String name = services ? "run-services.jar" : "run.jar";
        return KeptFile.of(folder, name, Digest.hex(own), file -> write(own, services, file));
    }

    private static void write(Path own, boolean services, Path file) throws IOException {
        try (JarFile jar = new JarFile(own.toFile());
                JarOutput out = new JarOutput(file, null)) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                String name = entry.getName();
                if (entry.isDirectory() || isForBuilding(name)) continue;
                if (!services && isForServices(name)) continue;
                try (InputStream in = jar.getInputStream(entry)) {
                    byte[] content = in.readAllBytes();
                    out.write(name, isJettys(name) ? QuickStart.of(content) : content);
                }
            }
        }
    }

    /** Those of other libraries are not loaded by a start. */
    private static boolean isJettys(String name) {
        return name.startsWith("org/eclipse/jetty/") && name.endsWith(".class");
    }

    private static boolean isForBuilding(String name) {
        return name.startsWith("dev/kitbridge/adapters/jvm/build/")
                || isForDevelopment(name)
                || name.equals("META-INF/services/dev.kitbridge.adapter.AdapterFactory")
                || name.equals(JarFile.MANIFEST_NAME)
                || name.startsWith("META-INF/maven/");
    }

    /** The front before Vite, and the client of HTTP that it has. */
    private static boolean isForDevelopment(String name) {
        return name.startsWith("dev/kitbridge/adapters/jvm/emulate/")
                || name.startsWith("org/eclipse/jetty/client/")
                || name.startsWith("org/eclipse/jetty/compression/")
                || name.startsWith("org/eclipse/jetty/alpn/client/")
                || name.startsWith("META-INF/services/org.eclipse.jetty.compression");
    }

    /** A good part of the run half is the binding of data. */
    private static boolean isForServices(String name) {
        return name.startsWith("tools/jackson/databind/") || name.startsWith("com/fasterxml/jackson/annotation/");
    }

    private static Path ownJar() {
        Path own = ProductJar.location(RunHalf.class);
        if (own.toString().endsWith(".jar")) return own;
        throw new AdapterException("adapter-jvm was loaded from the folder " + own
                + "; expected its jar, which holds the run half: build it with mvn package");
    }
}
