package dev.kitbridge.adapter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What kit knows of the app's build, and the verbs to write it: kit 3.2's {@code Builder}, each member under its own
 * name ({@code getClientDirectory()} is {@link #clientDirectory()}, fields are methods), and what Maven adds.
 *
 * <p>Lists of files hold paths relative to the destination, with forward slashes, in order. Relative paths that are
 * passed in are taken from the module's folder. Writing is allowed below the module's {@code target} only.
 */
public interface Builder extends Downloads {

    /** {@code log}. */
    Log log();

    /** {@code config}. */
    BuildConfig config();

    /** {@code prerendered}. */
    Prerendered prerendered();

    /** {@code routes}: all of them, the prerendered ones included, in order of their priority. */
    List<RouteDefinition> routes();

    /** {@code manifest}. */
    Manifest manifest();

    /** {@code mimeTypes}: file extension with its dot, to MIME type; empty where the type is not known. */
    Map<String, String> mimeTypes();

    /**
     * {@code findServerAssets}: files within {@link #serverDirectory()} that the server code of these routes imports.
     */
    List<String> findServerAssets(Collection<RouteDefinition> routes);

    /**
     * {@code generateFallback}: writes the page that a web server answers with where no file matches.
     *
     * @throws AdapterException if kit could not render it
     */
    void generateFallback(Path dest) throws IOException;

    /**
     * {@code generateEnvModule}: from now on {@link #writePrerendered} also writes the module with the app's public
     * dynamic environment variables, if the app uses them.
     */
    void generateEnvModule();

    /**
     * {@code generateManifest}: the server's manifest as a JavaScript expression (kit 2; also made for kit 3, where
     * kit's own builder has it no more).
     *
     * @param relativePath from the module that will hold the expression to the server's files, {@code ./server}
     * @param routes the routes to serve, null: all that are not prerendered
     */
    String generateManifest(String relativePath, @Nullable Collection<RouteDefinition> routes);

    /** {@link #generateServerInstance(Path, Collection, Path)} with all routes and {@link #serverDirectory()}. */
    default void generateServerInstance(Path dest) throws IOException {
        generateServerInstance(dest, null, null);
    }

    /**
     * {@code generateServerInstance}: writes a module that exports {@code server}, an instance of kit's {@code Server}
     * (kit 3; also made for kit 2).
     *
     * @param routes the routes to serve, null: all that are not prerendered
     * @param serverDirectory where the server's files are, null: {@link #serverDirectory()}
     */
    void generateServerInstance(Path dest, @Nullable Collection<RouteDefinition> routes, @Nullable Path serverDirectory)
            throws IOException;

    /** {@code getBuildDirectory}: a scratch folder of that name below {@code target}, for what lies between steps. */
    Path buildDirectory(String name);

    /** {@code getClientDirectory}: the built client with the app's static files; read only. */
    Path clientDirectory();

    /** {@code getServerDirectory}: the built server; read only. */
    Path serverDirectory();

    /** {@code getAppPath}: {@link BuildConfig#appDir} with {@code base} before it, without a leading slash. */
    String appPath();

    /** {@code writeClient}: copies the client. */
    List<String> writeClient(Path dest) throws IOException;

    /** {@code writePrerendered}: copies prerendered pages, and what they depend on. */
    List<String> writePrerendered(Path dest) throws IOException;

    /** {@code writeServer}: copies the server. */
    List<String> writeServer(Path dest) throws IOException;

    /** {@link #copy(Path, Path, CopyOptions)} of everything. */
    default List<String> copy(Path from, Path to) throws IOException {
        return copy(from, to, CopyOptions.ALL);
    }

    /**
     * {@code copy}: copies a file or a folder; nothing happens where {@code from} does not exist. Source maps keep
     * pointing to their sources.
     */
    List<String> copy(Path from, Path to, CopyOptions options) throws IOException;

    /** {@code hasServerInstrumentationFile}: whether the app has an {@code instrumentation.server.js}. */
    boolean hasServerInstrumentationFile();

    /**
     * {@code createInstrumentationInitializer}: writes a module that hands the environment to the app before its
     * instrumentation runs.
     *
     * @param outputDirectory where to write it
     * @param environment text of a module whose default export is the environment, null: {@code process.env}
     * @param serverDirectory where the server's files are, null: {@link #serverDirectory()}
     * @return the module
     */
    Path createInstrumentationInitializer(
            Path outputDirectory, @Nullable String environment, @Nullable Path serverDirectory) throws IOException;

    /**
     * {@code instrument}: puts the app's instrumentation before an entry point.
     *
     * @throws IllegalArgumentException if one of the modules does not exist
     */
    void instrument(Instrumentation instrumentation) throws IOException;

    /** {@link #compress(Path, Set)} with gzip and Brotli, as in kit. */
    default List<String> compress(Path directory) throws IOException {
        return compress(directory, EnumSet.of(Encoding.GZIP, Encoding.BROTLI));
    }

    /**
     * {@code compress}: puts compressed variants beside the text files of a folder, where a variant is smaller than its
     * original. Unlike kit it overwrites no file of the app that has the variant's name, and leaves files over 128 MiB
     * out.
     *
     * @return the originals that now have a variant
     * @throws AdapterException if the build's Node cannot do one of the encodings
     */
    List<String> compress(Path directory, Set<Encoding> encodings) throws IOException;

    /**
     * {@code createEntries} of kit 2: groups the routes that are not prerendered into entry points, in order of
     * priority.
     */
    void createEntries(Function<RouteDefinition, EntryPoint> group) throws IOException;

    /**
     * Empties output folders, and makes them where they do not exist; replaces kit's {@code rimraf} and {@code mkdirp}.
     *
     * @throws AdapterException if one of them is not below the module's {@code target}, or holds sources; nothing has
     *     been deleted then
     */
    void clear(Path... directories) throws IOException;

    /**
     * Copies npm packages that are installed for the app into {@code dest/node_modules}, with everything that they need
     * at run time, so that modules within {@code dest} can import them: their dependencies, and those of their optional
     * and peer dependencies that are installed, each found as Node finds it, through the links of pnpm and of
     * workspaces too. An optional peer dependency is copied only if something else that is copied needs it. Where
     * several versions are needed, they are nested. Native add-ons are copied as they are, for the platform that they
     * were installed for.
     *
     * @param names as they are imported: {@code sharp}, {@code @scope/name}
     * @return {@code node_modules/sharp/package.json}, ...
     * @throws AdapterException if one of them, or one that they depend on, is not installed
     */
    default List<String> writePackages(Path dest, Collection<String> names) throws IOException {
        return writePackages(dest, names, null);
    }

    /**
     * {@link #writePackages(Path, Collection)}, without the files that are never read where the packages run: type
     * declarations, source maps, sources of native add-ons, tests and documentation, and native binaries of platforms
     * that are not among the target's. Warns where a package offers a native binary for one of the target's platforms
     * that is not installed.
     *
     * @param target where they run; null: every file is copied
     */
    List<String> writePackages(Path dest, Collection<String> names, @Nullable RuntimeTarget target) throws IOException;

    /**
     * Bundles modules that use the server, with the app's own Vite, so that the output needs no {@code node_modules}:
     * what adapters in JavaScript do with Rollup or esbuild. Imports that are not found from the entry are looked up
     * from the app's folder. Writes {@code dest/<name of the entry>.js}, and chunks in {@code dest/chunks}.
     *
     * @param entry a module that imports the server, below the module's {@code target}
     * @param external names of packages that are not bundled
     * @return names of the packages that the output still imports: pass them to {@link #writePackages}
     * @throws AdapterException if a module cannot be bundled
     */
    List<String> bundleServer(Path entry, Path dest, Collection<String> external) throws IOException;

    /** The Maven module. */
    Project project();

    /** The folder for this adapter's output, {@code target/adapters/<name>}; its content is the adapter's own. */
    Path outputDirectory();

    /**
     * Attaches a file to the module, so that {@code install} and {@code deploy} publish it.
     *
     * @param type its extension, {@code jar} or {@code zip}
     * @param classifier what tells it from the module's other artifacts
     * @throws IllegalArgumentException if the file does not exist
     */
    void attachArtifact(Path file, String type, String classifier);
}
