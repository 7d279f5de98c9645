package dev.kitbridge.adapters.jvm.build;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Project;
import dev.kitbridge.server.packed.PackedApp;
import dev.kitbridge.services.internal.ServiceFinder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.springframework.boot.loader.launch.LaunchedClassLoader;

/** The executable jar: the server's classes, the module's jars, the app's files and the JavaScript runtimes. */
final class ProductJar implements AutoCloseable {

    private static final String MAIN = "dev.kitbridge.standalone.Main";

    private final Builder builder;
    private final JvmOptions options;
    private final Path jar;
    private final Path part;
    private final JarOutput out;
    private final PackedFiles files;

    /** The entries that do not depend on the app's files. Returns the names of the module's services. */
    private final Background<List<String>> begun;

    private boolean complete;

    private ProductJar(Builder builder, JvmOptions options, Path jar) throws IOException {
        this.builder = builder;
        this.options = options;
        this.jar = jar;
        this.part = jar.resolveSibling(jar.getFileName() + ".part");
        this.out = new JarOutput(part, builder.project().timestamp());
        this.files = new PackedFiles(builder, options, out);
        this.begun = Background.begin(this::writeCode);
    }

    /**
     * Begins to write a jar: another thread writes the code, while the caller writes the app's files to their folder.
     */
    static ProductJar begin(Builder builder, JvmOptions options, Path jar) throws IOException {
        Files.createDirectories(jar.getParent());
        return new ProductJar(builder, options, jar);
    }

    private List<String> writeCode() throws IOException {
        ByteArrayOutputStream manifest = new ByteArrayOutputStream();
        manifest().write(manifest);
        out.write(JarFile.MANIFEST_NAME, manifest.toByteArray());
        Map<String, Path> module = options.mainJar() ? module() : Map.of();
        List<String> services = ServiceFinder.find(List.copyOf(module.values()));
        boolean redis = options.pageCache() == JvmOptions.PageCache.REDIS;
        out.copy(ServerJar.of(builder, builder.buildDirectory("server"), !services.isEmpty(), redis), name -> true);
        if (!module.isEmpty()) writeModule(module);
        files.writeProperties();
        return services;
    }

    /**
     * Writes all other entries.
     *
     * @param app the folder with the app's files
     * @throws AdapterException if the code could not be written, naming the jar that cannot be nested
     */
    void finish(Path app, List<Background<PackedRuntime>> runtimes) throws IOException {
        List<String> services = begun.await();
        if (!services.isEmpty()) {
            out.write(PackedApp.SERVICES, String.join("\n", services) + "\n");
            builder.log().info("Services: " + String.join(", ", services));
        }
        files.write(app, runtimes);
        complete = true;
    }

    /** Deletes an incomplete jar, and keeps the one of an earlier build. */
    @Override
    public void close() throws IOException {
        // the other thread may still be writing, if the app's files could not be written
        begun.awaitEnd();
        boolean written = false;
        try {
            // fails if an entry is not complete
            out.close();
            written = complete;
        } finally {
            if (written) Files.move(part, jar, StandardCopyOption.REPLACE_EXISTING);
            else Files.deleteIfExists(part);
        }
    }

    private Manifest manifest() {
        Project project = builder.project();
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, MAIN);
        attributes.put(Attributes.Name.IMPLEMENTATION_TITLE, project.artifactId());
        attributes.put(Attributes.Name.IMPLEMENTATION_VERSION, project.version());
        attributes.put(new Attributes.Name("Kitbridge-Env-Prefix"), options.envPrefix());
        // libraries have classes for later versions of Java in META-INF/versions
        attributes.put(new Attributes.Name("Multi-Release"), "true");
        return manifest;
    }

    /** Returns the jar or folder that a class was loaded from. */
    static Path location(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the module's own jar and its runtime dependencies, by their names in the product. */
    private Map<String, Path> module() throws IOException {
        Map<String, Path> jars = new LinkedHashMap<>();
        Path own = builder.project().mainArtifact();
        if (own != null && own.toString().endsWith(".jar")) {
            jars.put("lib/" + own.getFileName(), MainJar.of(builder, own));
        }
        for (Project.Dependency dependency : builder.project().dependencies()) {
            Path jar = dependency.file();
            // artifacts of two groups may have the same name
            if (jars.putIfAbsent("lib/" + jar.getFileName(), jar) != null) {
                jars.put("lib/" + dependency.groupId() + "-" + jar.getFileName(), jar);
            }
        }
        for (Path jar : jars.values()) {
            if (Files.isDirectory(jar)) {
                throw new AdapterException(
                        jar + " is a folder of classes, expected a jar: the dependency comes from the"
                                + " same reactor and has not been packaged; run mvn package, or set <mainJar>false</mainJar>");
            }
        }
        return jars;
    }

    /** Nests the module's jars, and adds the class loader that reads them. */
    private void writeModule(Map<String, Path> jars) throws IOException {
        for (Map.Entry<String, Path> entry : jars.entrySet()) out.store(entry.getKey(), entry.getValue());
        out.copy(
                location(LaunchedClassLoader.class),
                name -> name.endsWith(".class") || name.startsWith("META-INF/services/"));
        out.write(PackedApp.FOLDER + "classpath", String.join("\n", jars.keySet()) + "\n");
    }
}
