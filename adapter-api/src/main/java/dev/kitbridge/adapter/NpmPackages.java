package dev.kitbridge.adapter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives the output the npm packages that the server imports: copies them beside the server, or bundles them into it.
 * {@link Builder} has these methods. They are additions for Maven; kit's builder has none like them.
 */
public interface NpmPackages {

    /**
     * Copies npm packages with all of their files. See {@link #writePackages(Path, Collection,
     * JavaScriptRuntime.Target)}.
     *
     * @param dest the folder whose {@code node_modules} the packages are written to
     * @param names the packages' names
     * @return the files written, such as {@code node_modules/sharp/package.json}
     * @throws AdapterException if a package, or one of its dependencies, is not installed
     * @throws IOException if a file cannot be read or written
     */
    default List<String> writePackages(Path dest, Collection<String> names) throws IOException {
        return writePackages(dest, names, null);
    }

    /**
     * Copies npm packages from the app's {@code node_modules} to {@code dest/node_modules}, with their transitive
     * dependencies, so that modules below {@code dest} can import them.
     *
     * <p>Dependencies are resolved as Node does it, also through the links of pnpm and of workspaces. Optional and peer
     * dependencies are copied if they are installed; an optional peer dependency only if another copied package needs
     * it. Several versions of a package are nested.
     *
     * <p>With a target, the method leaves out files that are not read at run time: type declarations, source maps,
     * sources of native add-ons, tests, documentation, and native binaries of other platforms. It warns if a package
     * offers a native binary for one of the target's platforms that is not installed. Without a target, native add-ons
     * are copied for the platform that they were installed for.
     *
     * @param dest the folder whose {@code node_modules} the packages are written to
     * @param names the packages' names as they are imported, such as {@code sharp} or {@code @scope/name}
     * @param target the runtime and platforms that the packages run on; null: every file is copied
     * @return the files written, such as {@code node_modules/sharp/package.json}
     * @throws AdapterException if a package, or one of its dependencies, is not installed
     * @throws IOException if a file cannot be read or written
     */
    List<String> writePackages(Path dest, Collection<String> names, JavaScriptRuntime.@Nullable Target target)
            throws IOException;

    /**
     * Bundles a module and the server code that it imports with the app's own Vite, so that the output needs no
     * {@code node_modules}. Adapters in JavaScript call Rollup or esbuild for this purpose.
     *
     * <p>An import that cannot be resolved from the entry is resolved from the app's folder.
     *
     * @param entry a module below the module's {@code target} that imports the server
     * @param dest the folder for the bundle, {@code <name of the entry>.js}, and its {@code chunks}
     * @param external names of packages that are not bundled
     * @return names of the packages that the bundle imports, for {@link #writePackages}
     * @throws AdapterException if a module cannot be bundled
     * @throws IOException if a file cannot be read or written
     */
    List<String> bundleServer(Path entry, Path dest, Collection<String> external) throws IOException;
}
