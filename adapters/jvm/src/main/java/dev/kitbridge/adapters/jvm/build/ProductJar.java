package dev.kitbridge.adapters.jvm.build;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Dependency;
import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.adapter.Project;
import dev.kitbridge.server.services.ServiceFinder;
import dev.kitbridge.server.site.SiteManifest;
import dev.kitbridge.server.site.SitePack;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.springframework.boot.loader.tools.JarWriter;
import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;

/**
 * The executable jar. Classes of the run half lie in it as in any jar, so that the JVM itself loads them: quicker than
 * from nested jars, and a class data archive can hold them.
 */
final class ProductJar implements AutoCloseable {

    private static final String MAIN = "dev.kitbridge.adapters.jvm.run.Main";

    private final Builder builder;
    private final JvmOptions options;
    private final Path jar;
    private final Path part;
    private final JarWriter writer;
    private final List<String> index = new ArrayList<>();

    /** The entries that do not depend on the app's files. Returns the names of the module's services. */
    private final Background<List<String>> begun;

    private boolean complete;

    private ProductJar(Builder builder, JvmOptions options, Path jar) throws IOException {
        this.builder = builder;
        this.options = options;
        this.jar = jar;
        this.part = jar.resolveSibling(jar.getFileName() + ".part");
        Instant timestamp = builder.project().timestamp();
        this.writer = new JarWriter(part.toFile(), timestamp == null ? null : FileTime.from(timestamp));
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
        writer.writeManifest(manifest());
        Map<String, Path> module = options.mainJar() ? module() : Map.of();
        List<String> services = ServiceFinder.find(List.copyOf(module.values()));
        writeRunHalf(!services.isEmpty());
        if (!module.isEmpty()) writeModule(module);
        return services;
    }

    /**
     * Writes all other entries.
     *
     * @param app the folder with the app's files
     * @throws AdapterException if the code could not be written, naming the jar that stands in the way
     */
    void finish(Path app, List<Background<PackedRuntime>> runtimes) throws IOException {
        List<String> services = begun.await();
        if (!services.isEmpty()) {
            writer.writeEntry("META-INF/kitbridge/services", stream(String.join("\n", services) + "\n"));
            builder.log().info("Services: " + String.join(", ", services));
        }
        writeApp(app);
        for (Background<PackedRuntime> runtime : runtimes) writeRuntime(runtime.await());
        String files = String.join("\n", index) + "\n";
        writer.writeEntry("META-INF/kitbridge/files", stream(Digest.hex(files).substring(0, 32) + "\n" + files));
        complete = true;
    }

    /** A jar that is not complete is deleted, and an earlier one stays. */
    @Override
    public void close() throws IOException {
        // the other thread may still be writing, if the app's files could not be written
        begun.awaitEnd();
        writer.close();
        if (complete) Files.move(part, jar, StandardCopyOption.REPLACE_EXISTING);
        else Files.delete(part);
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
        attributes.put(
                new Attributes.Name("Kitbridge-Runtime"),
                options.runtime().name().toLowerCase(Locale.ROOT));
        if (options.runtime() == JavaScriptRuntime.NODE) {
            // what kit's own package.json asks for; told where the machine's own has to do
            boolean kit2 = builder.config().kitVersion().startsWith("2.");
            attributes.put(new Attributes.Name("Kitbridge-Runtime-Least"), kit2 ? "18.13.0" : "22.17.0");
        }
        // for virtual threads and Unix sockets of a later Java, where the run half knows of them
        attributes.put(new Attributes.Name("Multi-Release"), "true");
        return manifest;
    }

    /** Everything of the adapter's own jar but what builds, and what services alone need. */
    private void writeRunHalf(boolean services) throws IOException {
        Path own = ownJar();
        try (JarFile jar = new JarFile(own.toFile())) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (entry.isDirectory() || isForBuilding(entry.getName())) continue;
                if (!services && isForServices(entry.getName())) continue;
                try (InputStream in = jar.getInputStream(entry)) {
                    if (!isJettys(entry.getName())) writer.writeEntry(entry.getName(), in);
                    else writer.writeEntry(entry.getName(), stream(QuickStart.of(in.readAllBytes())));
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
        try {
            Path own = Path.of(ProductJar.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isRegularFile(own)) return own;
            throw new AdapterException("adapter-jvm was loaded from the folder " + own
                    + "; expected its jar, which holds the run half: build it with mvn package");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The module's own classes and what they need, by the names that they get. */
    private Map<String, Path> module() throws IOException {
        Map<String, Path> jars = new LinkedHashMap<>();
        Path own = builder.project().mainArtifact();
        if (own != null && own.toString().endsWith(".jar")) {
            jars.put("lib/" + own.getFileName(), MainJar.of(builder, own));
        }
        for (Dependency dependency : builder.project().dependencies()) {
            Path jar = dependency.file();
            // of two groups, artifacts may have the same name
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

    /** As jars within the jar. */
    private void writeModule(Map<String, Path> jars) throws IOException {
        for (Map.Entry<String, Path> entry : jars.entrySet()) {
            String name = entry.getKey().substring("lib/".length());
            writer.writeNestedLibrary(
                    "lib/",
                    new Library(name, entry.getValue().toFile(), LibraryScope.RUNTIME, null, false, false, true));
        }
        writer.writeLoaderClasses();
        writer.writeEntry("META-INF/kitbridge/classpath", stream(String.join("\n", jars.keySet()) + "\n"));
    }

    private void writeRuntime(PackedRuntime packed) throws IOException {
        Path executable = packed.runtime().executable();
        String folder = "runtime/" + packed.platform() + "/";
        writer.writeNestedLibrary(folder, new Library(packed.file().toFile(), LibraryScope.RUNTIME));
        index.add(packed.digest() + " x " + Files.size(executable) + " " + folder + executable.getFileName());
        builder.log()
                .info("Carries " + packed.runtime().runtime().name().toLowerCase(Locale.ROOT) + " "
                        + packed.runtime().version() + " for " + packed.platform());
    }

    /** Files that are unpacked where the jar runs, with their digests; those that are served, into one. */
    private void writeApp(Path app) throws IOException {
        Set<String> served = SitePack.layout(SiteManifest.read(app)).parts().keySet();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(app)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        List<String> names = files.stream()
                .map(file -> app.relativize(file).toString().replace('\\', '/'))
                .filter(name -> !served.contains(name))
                .sorted()
                .toList();
        for (String name : names) add(app.resolve(name), Files.isExecutable(app.resolve(name)) ? 'e' : '-', name);
        for (String name : served) add(app.resolve(name), 'p', name);
    }

    private void add(Path file, char kind, String name) throws IOException {
        index.add(Digest.hex(file) + " " + kind + " " + Files.size(file) + " app/" + name);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            writer.writeEntry("app/" + name, in);
        }
    }

    private static InputStream stream(String text) {
        return stream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream stream(byte[] content) {
        return new ByteArrayInputStream(content);
    }
}
