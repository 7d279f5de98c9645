package dev.kitbridge.adapters.jvm.run.product;

import dev.kitbridge.adapters.jvm.run.failure.Refusal;
import dev.kitbridge.server.Init;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * The jar that runs.
 *
 * @param attributes of its manifest, which the build half wrote
 */
public record Product(Attributes attributes) {

    /** The jar that these classes lie in. */
    public static Product own() throws IOException {
        try (InputStream in = Product.class.getClassLoader().getResourceAsStream("META-INF/MANIFEST.MF")) {
            return new Product(in == null ? new Attributes() : new Manifest(in).getMainAttributes());
        }
    }

    /** What the names of the environment variables begin with, perhaps nothing. */
    public String envPrefix() {
        String prefix = attributes.getValue("Kitbridge-Env-Prefix");
        return prefix == null ? "" : prefix;
    }

    /** The module and its version, for people; empty if these classes lie in no jar. */
    public String title() {
        String name = attributes.getValue(Attributes.Name.IMPLEMENTATION_TITLE);
        return name == null ? "" : name + " " + attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
    }

    /** @throws Refusal if the classes lie in a folder */
    public Path jar() {
        try {
            Path jar = Path.of(Product.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isRegularFile(jar)) return jar;
            throw new Refusal("This needs the app's jar, and runs from the folder " + jar);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Unpacks the app, and the runtime that the jar carries for this platform.
     *
     * @param environment names the folder
     * @throws Refusal if no folder is usable
     */
    public Unpacked unpack(Map<String, String> environment) throws IOException {
        JarIndex index = JarIndex.read(Product.class.getClassLoader(), platform());
        User user = FileStatus.SUPPORTED ? User.current() : null;
        List<String> failures = new ArrayList<>();
        for (Path cache : CacheFolder.candidates(environment, user)) {
            try {
                return new Unpacking(index, cache, user).unpack();
            } catch (IOException e) {
                failures.add(cache + ": " + reason(e));
            }
        }
        throw new Refusal("The app could not be unpacked to " + String.join("; nor to ", failures)
                + "; set CACHE_DIRECTORY to a folder that this user can write to, with room, where programs may run");
    }

    /** The message of some exceptions of files is the file's name alone. */
    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException denied) return denied.getFile() + ": Permission denied";
        if (e instanceof FileAlreadyExistsException existing) return existing.getFile() + " is no folder";
        return String.valueOf(e.getMessage());
    }

    /** Which runtime the app was built for. */
    public Init.JavaScript runtimeKind() {
        return "bun".equals(attributes.getValue("Kitbridge-Runtime")) ? Init.JavaScript.BUN : Init.JavaScript.NODE;
    }

    /**
     * The runtime in the jar, else the one on the machine.
     *
     * @return a path, or a name on {@code PATH}
     * @throws Refusal if the machine has none, or one that is too old
     */
    public String runtime(Unpacked unpacked) {
        if (unpacked.runtime() != null) return unpacked.runtime().toString();
        String name = attributes.getValue("Kitbridge-Runtime");
        String program = name == null ? "node" : name;
        String least = attributes.getValue("Kitbridge-Runtime-Least");
        if (least != null) MachineRuntime.check(program, least);
        return program;
    }

    /** In Node's words. */
    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch");
        return (os.startsWith("mac") ? "darwin" : os.startsWith("windows") ? "win" : os)
                + "-"
                + (arch.equals("amd64") || arch.equals("x86_64") ? "x64" : arch.equals("aarch64") ? "arm64" : arch);
    }
}
