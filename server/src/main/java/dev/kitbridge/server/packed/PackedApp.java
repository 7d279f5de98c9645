package dev.kitbridge.server.packed;

import dev.kitbridge.server.Init;
import dev.kitbridge.server.Server;
import dev.kitbridge.server.ServiceConnector;
import dev.kitbridge.server.StartException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An app that a build packed into a jar or into a folder of classes.
 *
 * @param loader finds the app's resources
 * @param properties the build's record of the app: {@code runtime} and {@code runtime.least}
 */
public record PackedApp(ClassLoader loader, Properties properties) {

    /** Contains the packed app. */
    public static final String FOLDER = "META-INF/kitbridge/";

    /** Records what the app needs to run. */
    public static final String PROPERTIES = FOLDER + "app.properties";

    /** Lists the packed files with their digests. */
    public static final String FILES = FOLDER + "files";

    /** Lists the interfaces of the app's Java services, one a line; missing if it has none. */
    public static final String SERVICES = FOLDER + "services";

    /**
     * Returns the app on the class path of a class loader.
     *
     * @throws StartException if the class path contains no app
     */
    public static PackedApp of(ClassLoader loader) throws IOException {
        PackedApp app = find(loader);
        if (app != null) return app;
        throw new StartException("The class path has no SvelteKit app: " + PROPERTIES
                + " is missing; expected the output of adapter-jvm");
    }

    /**
     * Returns the app on the class path of a class loader, or null without one.
     *
     * @throws StartException if there are several
     */
    public static @Nullable PackedApp find(ClassLoader loader) throws IOException {
        List<String> found = Collections.list(loader.getResources(PROPERTIES)).stream()
                .map(URL::toString)
                .distinct()
                .toList();
        if (found.isEmpty()) return null;
        if (found.size() > 1) {
            String places = found.stream()
                    .map(url -> url.replace("!/" + PROPERTIES, "").replace(PROPERTIES, ""))
                    .collect(Collectors.joining(" and "));
            throw new StartException("The class path has " + found.size() + " SvelteKit apps: " + places
                    + "; expected one: remove a dependency, or its app");
        }
        try (InputStream in = Objects.requireNonNull(loader.getResourceAsStream(PROPERTIES))) {
            Properties properties = new Properties();
            properties.load(in);
            return new PackedApp(loader, properties);
        }
    }

    /**
     * Unpacks the app, and the JavaScript runtime that was packed for this platform, and checks the files of earlier
     * starts.
     *
     * @param environment {@code CACHE_DIRECTORY} and {@code XDG_CACHE_HOME} name the folder
     * @throws StartException if no folder can be used
     */
    public Unpacked unpack(Map<String, String> environment) throws IOException {
        JarIndex index = JarIndex.read(loader, platform());
        User user = FileStatus.SUPPORTED ? User.current() : null;
        List<String> failures = new ArrayList<>();
        for (Path cache : CacheFolder.candidates(environment, user)) {
            try {
                return new Unpacking(index, cache, user).unpack();
            } catch (IOException e) {
                failures.add(cache + ": " + reason(e));
            }
        }
        throw new StartException(
                "The app could not be unpacked to " + String.join("; nor to ", failures)
                        + "; set CACHE_DIRECTORY to a folder that this user can write to, with free space, and not mounted noexec");
    }

    /**
     * Unpacks the app and starts it.
     *
     * @param environment {@code CACHE_DIRECTORY} and {@code XDG_CACHE_HOME} name the folder for unpacked files
     * @param options changes the defaults of {@link Init#of}
     * @param services closed with the server, and if the app cannot be started; null if the app calls no services
     * @throws StartException if the app cannot be unpacked, or the machine has no runtime for it
     */
    public Server open(
            Map<String, String> environment, UnaryOperator<Init> options, @Nullable ServiceConnector services)
            throws IOException {
        try {
            Unpacked unpacked = unpack(environment);
            Init init = options.apply(Init.of(Path.of(runtime(unpacked))));
            return Server.open(unpacked.app(), init, services, unpacked.files());
        } catch (IOException | RuntimeException e) {
            if (services != null) services.close();
            throw e;
        }
    }

    /** Adds the reason to exceptions whose message is only the name of a file. */
    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException denied) return denied.getFile() + ": Permission denied";
        if (e instanceof FileAlreadyExistsException existing) return existing.getFile() + " is not a folder";
        return String.valueOf(e.getMessage());
    }

    /** Returns the runtime that the app was built for. */
    public Init.JavaScript javaScript() {
        return "bun".equals(properties.getProperty("runtime")) ? Init.JavaScript.BUN : Init.JavaScript.NODE;
    }

    /**
     * Returns the packed runtime, or the one on the machine if none was packed for this platform.
     *
     * @return a path, or a name on {@code PATH}
     * @throws StartException if the machine has no runtime, or one that is too old
     */
    public String runtime(Unpacked unpacked) {
        if (unpacked.runtime() != null) return unpacked.runtime().toString();
        String program = properties.getProperty("runtime", "node");
        String least = properties.getProperty("runtime.least");
        if (least != null) MachineRuntime.check(program, least);
        return program;
    }

    /** Returns the platform by Node's names, {@code linux-x64}. */
    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch");
        return (os.startsWith("mac") ? "darwin" : os.startsWith("windows") ? "win" : os)
                + "-"
                + (arch.equals("amd64") || arch.equals("x86_64") ? "x64" : arch.equals("aarch64") ? "arm64" : arch);
    }
}
