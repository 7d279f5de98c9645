package dev.kitbridge.adapters.jvm.build;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Downloads;
import dev.kitbridge.adapter.Project.Dependency;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * The classes that run the app: {@code kitbridge-standalone} and its dependencies in one jar, with
 * {@code kitbridge-services} if the module has services, and {@code kitbridge-cache-redis} if replicas share pages. The
 * JVM's own class loader loads them from the product. That is faster than loading from nested jars, and a class data
 * archive can contain them.
 */
final class ServerJar {

    private static final String GROUP = "dev.kitbridge";

    /** Entries that describe the jar they are in, and do not apply to the merged one. */
    private static final Pattern LEFT_OUT =
            Pattern.compile("META-INF/(MANIFEST\\.MF|INDEX\\.LIST|maven/.*|[^/]*\\.(SF|RSA|DSA|EC))"
                    + "|(META-INF/versions/\\d+/)?module-info\\.class");

    private static final Pattern LEGAL =
            Pattern.compile("(META-INF/)?(LICENSE|NOTICE|DEPENDENCIES|COPYRIGHT|about)[^/]*");

    private static final String SERVICES = "META-INF/services/";

    private final Set<String> names = new HashSet<>();
    private final Map<String, Set<String>> providers = new LinkedHashMap<>();
    private final JarOutput out;

    private ServerJar(JarOutput out) {
        this.out = out;
    }

    /**
     * Resolves all artifacts that a product may need, so that a later build can run offline.
     *
     * @param redis whether the product has a client of Redis
     * @throws AdapterException if an artifact cannot be resolved
     */
    static void fetch(Downloads downloads, boolean redis) throws IOException {
        artifacts(downloads, true, redis);
    }

    /**
     * Returns the jar. Writing it takes about a second, and its content depends only on the version of the artifacts.
     *
     * @param folder stores the jar for the next build
     * @param services whether the module has services
     * @param redis whether the product has a client of Redis
     * @throws AdapterException if an artifact cannot be resolved
     */
    static Path of(Downloads downloads, Path folder, boolean services, boolean redis) throws IOException {
        List<Dependency> artifacts = artifacts(downloads, services, redis);
        StringBuilder sources = new StringBuilder();
        for (Dependency artifact : artifacts) {
            sources.append(artifact.file())
                    .append(' ')
                    .append(Digest.checksum(artifact.file()))
                    .append('\n');
        }
        String name = "server" + (services ? "-services" : "") + (redis ? "-redis" : "") + ".jar";
        return KeptFile.of(folder, name, Digest.hex(sources.toString()), file -> write(artifacts, file));
    }

    static void write(List<Dependency> artifacts, Path file) throws IOException {
        try (JarOutput out = new JarOutput(file, null)) {
            new ServerJar(out).write(artifacts);
        }
    }

    /** Resolves the artifacts and their dependencies, without duplicates. */
    private static List<Dependency> artifacts(Downloads downloads, boolean services, boolean redis) throws IOException {
        String version = version();
        List<String> modules = new ArrayList<>(List.of("standalone"));
        if (services) modules.add("services");
        if (redis) modules.add("cache-redis");
        Map<String, Dependency> artifacts = new LinkedHashMap<>();
        for (String module : modules) {
            for (Dependency artifact : downloads.artifact(GROUP, "kitbridge-" + module, version)) {
                artifacts.putIfAbsent(artifact.groupId() + ":" + artifact.artifactId(), artifact);
            }
        }
        return List.copyOf(artifacts.values());
    }

    /** Returns the version of this adapter, which Maven writes into its jar. */
    private static String version() throws IOException {
        try (InputStream in =
                ServerJar.class.getResourceAsStream("/META-INF/maven/dev.kitbridge/adapter-jvm/pom.properties")) {
            if (in == null) {
                throw new AdapterException("adapter-jvm was loaded from the folder "
                        + ProductJar.location(ServerJar.class) + "; expected its jar: build it with mvn package");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        }
    }

    private void write(List<Dependency> artifacts) throws IOException {
        for (Dependency artifact : artifacts) write(artifact);
        for (Map.Entry<String, Set<String>> service : providers.entrySet()) {
            out.write(service.getKey(), String.join("\n", service.getValue()) + "\n");
        }
    }

    private void write(Dependency artifact) throws IOException {
        boolean jetty = artifact.groupId().startsWith("org.eclipse.jetty");
        try (JarFile jar = new JarFile(artifact.file().toFile())) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                String name = entry.getName();
                if (entry.isDirectory() || LEFT_OUT.matcher(name).matches()) continue;
                byte[] content;
                try (InputStream in = jar.getInputStream(entry)) {
                    content = in.readAllBytes();
                }
                if (name.startsWith(SERVICES)) {
                    providers
                            .computeIfAbsent(name, key -> new LinkedHashSet<>())
                            .addAll(lines(content));
                    continue;
                }
                if (LEGAL.matcher(name).matches()) {
                    name = "META-INF/licenses/" + artifact.artifactId() + "/" + name.replace("META-INF/", "");
                }
                // as on a class path, the first entry with a name wins
                if (!names.add(name)) continue;
                out.write(name, jetty && name.endsWith(".class") ? QuickStart.of(content) : content);
            }
        }
    }

    private static List<String> lines(byte[] content) {
        List<String> lines = new ArrayList<>();
        for (String line : new String(content, StandardCharsets.UTF_8).split("\\R")) {
            String provider = line.replaceFirst("#.*", "").strip();
            if (!provider.isEmpty()) lines.add(provider);
        }
        return lines;
    }
}
