package dev.kitbridge.adapter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The app's build as data, and methods that write it. In kit: {@code Builder} of version 3.2.
 *
 * <p>Members have kit's names; {@code getClientDirectory()} is {@link #clientDirectory()}, and kit's fields are
 * methods. The same members work for apps of kit 2.
 *
 * <p>A relative path is resolved against the module's folder. Methods that write fail with {@link AdapterException} for
 * a destination outside the module's {@code target}. Lists of files contain paths relative to the destination, with
 * forward slashes, sorted.
 */
public interface Builder extends MavenModule, NpmPackages, Downloads {

    /**
     * Returns the log. In kit: {@code log}.
     *
     * @return a log that writes to Maven's log
     */
    Log log();

    /**
     * Returns the app's configuration. In kit: {@code config}.
     *
     * @return the resolved configuration
     */
    BuildConfig config();

    /**
     * Returns the prerendered pages, responses and redirects. In kit: {@code prerendered}.
     *
     * @return empty collections if the app has no prerendered routes
     */
    Prerendered prerendered();

    /**
     * Returns all routes, including the prerendered ones. In kit: {@code routes}.
     *
     * @return the routes in the order in which kit matches them
     */
    List<RouteDefinition> routes();

    /**
     * Returns the app's files and routes. In kit: {@code manifest}.
     *
     * @return the manifest
     */
    Manifest manifest();

    /**
     * Returns the MIME types of the app's files. In kit: {@code mimeTypes}.
     *
     * @return file extensions with their dots, such as {@code .html}, and their MIME types; empty for an unknown type
     */
    Map<String, String> mimeTypes();

    /**
     * Returns the files that the server code of some routes imports. In kit: {@code findServerAssets}.
     *
     * @param routes some of {@link #routes()}
     * @return paths relative to {@link #serverDirectory()}
     */
    List<String> findServerAssets(Collection<RouteDefinition> routes);

    /**
     * Writes the page that a web server sends for a path without a file. In kit: {@code generateFallback}.
     *
     * @param dest the file to write
     * @throws AdapterException if kit could not render the page
     * @throws IOException if the file cannot be written
     */
    void generateFallback(Path dest) throws IOException;

    /**
     * Makes {@link #writePrerendered} also write the module with the app's public dynamic environment variables, if the
     * app uses them. In kit: {@code generateEnvModule}.
     */
    void generateEnvModule();

    /**
     * Returns the server's manifest as a JavaScript expression. In kit 2: {@code generateManifest}.
     *
     * @param relativePath the path from the module that will contain the expression to the server's files, such as
     *     {@code ./server}
     * @param routes the routes that the server handles; null: all that are not prerendered
     * @return the expression
     */
    @Kit2Only(replacement = "generateServerInstance")
    String generateManifest(String relativePath, @Nullable Collection<RouteDefinition> routes);

    /**
     * Writes a module that exports the app's server, with all routes that are not prerendered. See
     * {@link #generateServerInstance(Path, Collection, Path)}.
     *
     * @param dest the module to write
     * @throws IOException if the module cannot be written
     */
    default void generateServerInstance(Path dest) throws IOException {
        generateServerInstance(dest, null, null);
    }

    /**
     * Writes a module that exports {@code server}, an instance of kit's {@code Server}. In kit 3:
     * {@code generateServerInstance}.
     *
     * @param dest the module to write
     * @param routes the routes that the server handles; null: all that are not prerendered
     * @param serverDirectory the folder of the server's files; null: {@link #serverDirectory()}
     * @throws IOException if the module cannot be written
     */
    void generateServerInstance(Path dest, @Nullable Collection<RouteDefinition> routes, @Nullable Path serverDirectory)
            throws IOException;

    /**
     * Returns a folder for intermediate files. In kit: {@code getBuildDirectory}.
     *
     * @param name the folder's name
     * @return a folder below {@code target}, which may not exist yet
     */
    Path buildDirectory(String name);

    /**
     * Returns the folder of the built client and the app's static files. In kit: {@code getClientDirectory}.
     *
     * @return the folder; read only
     */
    Path clientDirectory();

    /**
     * Returns the folder of the built server. In kit: {@code getServerDirectory}.
     *
     * @return the folder; read only
     */
    Path serverDirectory();

    /**
     * Returns the path of the app's own files. In kit: {@code getAppPath}.
     *
     * @return {@link BuildConfig#base()} and {@link BuildConfig#appDir()}, without a leading slash
     */
    String appPath();

    /**
     * Copies the client. In kit: {@code writeClient}.
     *
     * @param dest the destination folder
     * @return the files written
     * @throws IOException if a file cannot be read or written
     */
    List<String> writeClient(Path dest) throws IOException;

    /**
     * Copies the prerendered pages and their data. In kit: {@code writePrerendered}.
     *
     * @param dest the destination folder
     * @return the files written
     * @throws IOException if a file cannot be read or written
     */
    List<String> writePrerendered(Path dest) throws IOException;

    /**
     * Copies the server. In kit: {@code writeServer}.
     *
     * @param dest the destination folder
     * @return the files written
     * @throws IOException if a file cannot be read or written
     */
    List<String> writeServer(Path dest) throws IOException;

    /**
     * Copies a file or a folder unchanged. See {@link #copy(Path, Path, CopyOptions)}.
     *
     * @param from a file or a folder
     * @param to the destination: a file for a file, a folder for a folder
     * @return the files written
     * @throws IOException if a file cannot be read or written
     */
    default List<String> copy(Path from, Path to) throws IOException {
        return copy(from, to, CopyOptions.ALL);
    }

    /**
     * Copies a file or a folder. In kit: {@code copy}. Copied source maps refer to their sources by adjusted paths.
     *
     * @param from a file or a folder; if it does not exist, the method does nothing
     * @param to the destination: a file for a file, a folder for a folder
     * @param options a filter, and words to replace
     * @return the files written
     * @throws IOException if a file cannot be read or written
     */
    List<String> copy(Path from, Path to, CopyOptions options) throws IOException;

    /**
     * Returns whether the app has an {@code instrumentation.server.js}. In kit: {@code hasServerInstrumentationFile}.
     *
     * @return whether the file exists
     */
    boolean hasServerInstrumentationFile();

    /**
     * Writes a module that provides the environment variables before the app's instrumentation runs. In kit:
     * {@code createInstrumentationInitializer}.
     *
     * @param outputDirectory the folder to write to
     * @param environment the text of a module whose default export is the environment; null: {@code process.env}
     * @param serverDirectory the folder of the server's files; null: {@link #serverDirectory()}
     * @return the module written
     * @throws IOException if the module cannot be written
     */
    Path createInstrumentationInitializer(
            Path outputDirectory, @Nullable String environment, @Nullable Path serverDirectory) throws IOException;

    /**
     * Replaces an entry point by a module that imports the app's instrumentation first. In kit: {@code instrument}.
     *
     * @param instrumentation the modules, and the text of the new entry point
     * @throws IllegalArgumentException if one of the modules does not exist
     * @throws IOException if a file cannot be read or written
     */
    void instrument(Instrumentation instrumentation) throws IOException;

    /**
     * Compresses the text files of a folder with gzip and Brotli, as kit does. See {@link #compress(Path, Set)}.
     *
     * @param directory the folder
     * @return the files that now have a compressed variant
     * @throws IOException if a file cannot be read or written
     */
    default List<String> compress(Path directory) throws IOException {
        return compress(directory, EnumSet.of(Encoding.GZIP, Encoding.BROTLI));
    }

    /**
     * Writes compressed variants of the text files of a folder beside them. In kit: {@code compress}.
     *
     * <p>A variant is kept only if it is smaller than its original. Unlike kit, the method does not overwrite a file of
     * the app that has the variant's name, and skips files of more than 128 MiB.
     *
     * @param directory the folder
     * @param encodings the encodings to write
     * @return the files that now have a compressed variant
     * @throws AdapterException if the build's Node does not support one of the encodings
     * @throws IOException if a file cannot be read or written
     */
    List<String> compress(Path directory, Set<Encoding> encodings) throws IOException;

    /**
     * Groups the routes that are not prerendered into server functions. In kit 2: {@code createEntries}.
     *
     * @param group returns the function for a route; called in the order of {@link #routes()}
     * @throws IOException if a function cannot be written
     */
    @Kit2Only(replacement = "routes")
    void createEntries(Function<RouteDefinition, EntryPoint> group) throws IOException;

    /**
     * Returns what {@link Adapter#javaScriptAdapter} wrote in the app's Vite build.
     *
     * @return absolute paths of folders and files, sorted; a folder holds no other files. Empty if there is no such
     *     adapter
     */
    List<Path> javaScriptOutputs();

    /**
     * Deletes the content of folders, and creates those that do not exist. In kit: {@code rimraf} and {@code mkdirp}.
     *
     * @param directories folders below the module's {@code target}
     * @throws AdapterException if one of them is outside {@code target} or contains source files; in this case nothing
     *     has been deleted
     * @throws IOException if a file cannot be deleted
     */
    void clear(Path... directories) throws IOException;

    /**
     * Options of {@link #copy(Path, Path, CopyOptions)}. In kit: the third parameter of {@code copy}.
     *
     * @param filter returns whether to copy a file or folder, given its name without its path
     * @param replace words and their replacements in every file, which is read as UTF-8 text. A word begins and ends
     *     where {@code \b} matches in a regular expression
     */
    record CopyOptions(Predicate<String> filter, Map<String, String> replace) {

        /** Copies every file unchanged. */
        public static final CopyOptions ALL = new CopyOptions(name -> true, Map.of());

        /**
         * Returns options that copy some files, unchanged.
         *
         * @param filter returns whether to copy a file or folder, given its name
         * @return the options
         */
        public static CopyOptions filter(Predicate<String> filter) {
            return new CopyOptions(filter, Map.of());
        }

        /**
         * Returns options that copy every file and replace words.
         *
         * @param replace words and their replacements
         * @return the options
         */
        public static CopyOptions replace(Map<String, String> replace) {
            return new CopyOptions(name -> true, replace);
        }
    }

    /**
     * Options of {@link #instrument}. In kit: the parameter of {@code instrument}.
     *
     * @param entrypoint the module to instrument; it is moved to {@code start} and replaced
     * @param instrumentation the app's built {@code instrumentation.server.js}
     * @param initializer the module that {@link #createInstrumentationInitializer} wrote
     * @param start the new path of the entry point; null: {@code start.js} in the same folder
     * @param exports the names that the entry point exports
     * @param generateText returns the text of the new entry point; null: a text that imports the initializer, then the
     *     instrumentation, then, with top-level {@code await}, the moved entry point
     */
    record Instrumentation(
            Path entrypoint,
            Path instrumentation,
            Path initializer,
            @Nullable Path start,
            List<String> exports,
            @Nullable Function<Modules, String> generateText) {

        /**
         * Creates options with kit's own text and {@code start.js}.
         *
         * @param entrypoint the module to instrument
         * @param instrumentation the app's built {@code instrumentation.server.js}
         * @param initializer the module that {@link #createInstrumentationInitializer} wrote
         * @param exports the names that the entry point exports
         */
        public Instrumentation(Path entrypoint, Path instrumentation, Path initializer, List<String> exports) {
            this(entrypoint, instrumentation, initializer, null, exports, null);
        }

        /**
         * The modules that a new entry point imports, in the order {@code initializer}, {@code instrumentation},
         * {@code start}. Paths are relative to the entry point, with forward slashes.
         *
         * @param instrumentation the app's instrumentation
         * @param start the moved entry point
         * @param initializer provides the environment variables
         */
        public record Modules(String instrumentation, String start, String initializer) {}
    }

    /**
     * A server function that handles some of the app's routes. In kit 2: {@code AdapterEntry}.
     *
     * @param id identifies the function; routes with the same id share it
     * @param filter returns whether the function must also handle a route of lower priority, because it can receive
     *     requests for it
     * @param complete writes the function
     */
    @Kit2Only(replacement = "routes")
    record EntryPoint(String id, Predicate<RouteDefinition> filter, Complete complete) {

        /** Writes a server function. In kit 2: {@code complete}. */
        @FunctionalInterface
        public interface Complete {

            /**
             * Writes the function. Called once for each id.
             *
             * @param routes the function's routes, for {@link Builder#generateServerInstance(Path, Collection, Path)}
             * @throws IOException if a file cannot be written
             */
            void complete(List<RouteDefinition> routes) throws IOException;
        }
    }
}
