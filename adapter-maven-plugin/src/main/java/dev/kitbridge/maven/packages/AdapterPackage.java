package dev.kitbridge.maven.packages;

import dev.kitbridge.adapter.JavaScriptAdapter;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.files.Tree;
import dev.kitbridge.maven.process.ProcessLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.semver4j.Semver;
import tools.jackson.databind.JsonNode;

/**
 * The npm package of an adapter in JavaScript: the app's own, or one that is installed beside the app, in the scratch
 * folder. There, imports of packages that the folder lacks resolve to the app's: SvelteKit, Svelte and Vite always do.
 *
 * @param app the app
 * @param module the Maven module's folder
 * @param id the adapter's id in the POM
 * @param asked the package, its version and options
 */
public record AdapterPackage(App app, Path module, String id, JavaScriptAdapter asked) {

    /**
     * The package, ready to be loaded.
     *
     * @param version the installed version
     * @param entry a module that exports the package's module
     * @param stamp changes with the package's files
     * @param fetched whether npm installed it now
     */
    public record Ready(String version, Path entry, String stamp, boolean fetched) {}

    /**
     * Installs the package, if necessary.
     *
     * @param kit the version of the app's SvelteKit
     * @param npm runs npm
     * @throws UserFailure if the package cannot be installed, or is not for this SvelteKit
     */
    public Ready prepare(String kit, NpmCommand npm, ProcessLog log) throws IOException {
        Path own = own();
        if (own != null && isWanted(version(own))) {
            Tree.delete(folder().resolve("node_modules"));
            checkPeers(own, kit);
            return new Ready(
                    version(own), writeEntry(), Tree.stamp(List.of(own), name -> !name.equals("node_modules")), false);
        }
        if (asked.version() == null) {
            throw new UserFailure("Adapter '" + id + "': " + asked.packageName() + " is not installed in "
                    + app.directory()
                    + ", and <version> is missing; set <version> to the one to install beside the app ('npm"
                    + " view " + asked.packageName() + " version' prints the newest)");
        }
        AdapterInstall install = new AdapterInstall(this, npm);
        boolean fetched = install.run(log);
        Path installed = folder().resolve("node_modules").resolve(asked.packageName());
        checkPeers(installed, kit);
        return new Ready(version(installed), writeEntry(), install.digest(), fetched);
    }

    /**
     * Resolves the package and what it depends on to exact versions, and writes the lock file.
     *
     * @return the lock file, or null if the package is the app's own
     */
    public @Nullable Path lock(NpmCommand npm, ProcessLog log) throws IOException {
        Path own = own();
        if (own != null && isWanted(version(own))) return null;
        if (asked.version() == null) {
            throw new UserFailure("Adapter '" + id + "': " + asked.packageName()
                    + " has no <version>, which a lock file" + " needs; set it");
        }
        return new AdapterInstall(this, npm).lock(log);
    }

    /** Returns the folder beside the app that the package is installed in. */
    Path folder() {
        return app.scratch().resolve("npm").resolve(id);
    }

    /** Returns the lock file, which the team commits. */
    Path lockFile() {
        return module.resolve("src/main/npm").resolve(id + "-lock.json");
    }

    boolean isWanted(String version) {
        if (asked.version() == null) return true;
        Semver parsed = Semver.parse(version);
        return parsed != null && parsed.satisfies(asked.version());
    }

    /** Returns the folder of a package that the app's modules can import; null if it is not installed. */
    static @Nullable Path installed(App app, String name) throws IOException {
        for (Path folder = app.directory(); folder != null; folder = folder.getParent()) {
            Path candidate = folder.resolve("node_modules").resolve(name);
            if (Files.isRegularFile(candidate.resolve("package.json"))) return candidate.toRealPath();
        }
        return null;
    }

    private @Nullable Path own() throws IOException {
        return installed(app, asked.packageName());
    }

    private static String version(Path folder) throws IOException {
        return App.read(folder.resolve("package.json")).path("version").asString("");
    }

    private void checkPeers(Path folder, String kit) throws IOException {
        JsonNode json = App.read(folder.resolve("package.json"));
        String range = json.path("peerDependencies").path("@sveltejs/kit").asString("");
        Semver version = Semver.parse(kit);
        if (range.isEmpty() || version == null || version.satisfies(range, true)) return;
        throw new UserFailure("Adapter '" + id + "': " + asked.packageName() + " "
                + json.path("version").asString("") + " is for SvelteKit " + range + ", and the app has SvelteKit "
                + kit
                + "; set <version> to one that is for it ('npm view " + asked.packageName()
                + " versions' lists all), or use another adapter");
    }

    /** The name of the default export is not known to exist, so that the module exports the whole. */
    private Path writeEntry() throws IOException {
        Path entry = folder().resolve("adapter.mjs");
        String text = "export * as module from '" + asked.packageName() + "';\n";
        Files.createDirectories(folder());
        if (!Files.isRegularFile(entry) || !Files.readString(entry).equals(text)) Files.writeString(entry, text);
        return entry;
    }
}
