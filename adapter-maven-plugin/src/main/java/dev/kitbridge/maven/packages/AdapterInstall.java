package dev.kitbridge.maven.packages;

import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.files.Fingerprint;
import dev.kitbridge.maven.files.Tree;
import dev.kitbridge.maven.process.ProcessLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Installs an adapter's package beside the app, with npm: exactly what its lock file holds, or, without one, the newest
 * versions that match.
 *
 * @param adapter the package
 * @param npm runs npm
 */
record AdapterInstall(AdapterPackage adapter, NpmCommand npm) {

    /** File in {@code node_modules} with the digest of the installed lock file, written after a successful install. */
    private static final String MARK = ".kitbridge-lock";

    private static final String PACKAGE_LOCK = "package-lock.json";

    /** Peers are not installed, so that an adapter uses the app's SvelteKit; those that the app lacks are named. */
    private static final List<String> OPTIONS = List.of("--legacy-peer-deps", "--no-audit", "--no-fund");

    /**
     * Installs, if necessary.
     *
     * @return whether npm ran
     */
    boolean run(ProcessLog log) throws IOException {
        Path lock = adapter.lockFile();
        if (Files.isRegularFile(lock)) checkLock(lock);
        if (isInstalled()) return false;
        Files.createDirectories(folder());
        if (Files.isRegularFile(lock)) {
            Files.copy(lock, folder().resolve(PACKAGE_LOCK), StandardCopyOption.REPLACE_EXISTING);
            writePackageJson(root(App.read(lock)));
        } else {
            log.warn("Adapter '" + adapter.id() + "': " + spec()
                    + " has no lock file, so that versions of its packages may"
                    + " differ from machine to machine; run 'mvn adapter:lock' and commit " + lock);
            resolve(log);
        }
        log.say("Installing " + spec() + " beside the app: npm ci");
        List<String> arguments = new ArrayList<>(List.of("ci"));
        arguments.addAll(OPTIONS);
        check(npm.run(folder(), arguments, log));
        Files.writeString(mark(), digest());
        return true;
    }

    /** Writes the lock file, without an install. */
    Path lock(ProcessLog log) throws IOException {
        Files.createDirectories(folder());
        resolve(log);
        Path lock = adapter.lockFile();
        Files.createDirectories(lock.resolveSibling(""));
        Files.copy(folder().resolve(PACKAGE_LOCK), lock, StandardCopyOption.REPLACE_EXISTING);
        return lock;
    }

    /** Returns the digest of the package and of all packages that it needs. */
    String digest() throws IOException {
        Path lock = adapter.lockFile();
        return Files.isRegularFile(lock)
                ? Fingerprint.sha256(lock)
                : Fingerprint.sha256((spec() + "\n" + Files.readString(folder().resolve(PACKAGE_LOCK)))
                        .getBytes(StandardCharsets.UTF_8));
    }

    private boolean isInstalled() throws IOException {
        return Files.isRegularFile(mark())
                && Files.isRegularFile(installed().resolve("package.json"))
                && (Files.isRegularFile(adapter.lockFile()) || Files.isRegularFile(folder().resolve(PACKAGE_LOCK)))
                && Files.readString(mark()).equals(digest());
    }

    private Path installed() {
        return folder().resolve("node_modules").resolve(adapter.asked().packageName());
    }

    /** Resolves the versions: of the package, then also of the peers that the app lacks. */
    private void resolve(ProcessLog log) throws IOException {
        Path npmrc = adapter.app().directory().resolve(".npmrc");
        // registries of scopes
        if (Files.isRegularFile(npmrc)) {
            Files.copy(npmrc, folder().resolve(".npmrc"), StandardCopyOption.REPLACE_EXISTING);
        }
        Tree.delete(folder().resolve("node_modules"));
        Map<String, String> wanted = new TreeMap<>();
        wanted.put(
                adapter.asked().packageName(),
                Objects.requireNonNull(adapter.asked().version()));
        resolve(wanted, log);
        Map<String, String> missing = missingPeers(App.read(folder().resolve(PACKAGE_LOCK)));
        if (missing.isEmpty()) return;
        wanted.putAll(missing);
        resolve(wanted, log);
    }

    private void resolve(Map<String, String> wanted, ProcessLog log) throws IOException {
        Files.deleteIfExists(folder().resolve(PACKAGE_LOCK));
        writePackageJson(wanted);
        List<String> arguments = new ArrayList<>(List.of("install", "--package-lock-only", "--ignore-scripts"));
        arguments.addAll(OPTIONS);
        check(npm.run(folder(), arguments, log));
    }

    private Map<String, String> missingPeers(JsonNode lock) throws IOException {
        JsonNode entry =
                lock.path("packages").path("node_modules/" + adapter.asked().packageName());
        Map<String, String> missing = new TreeMap<>();
        for (Map.Entry<String, JsonNode> peer : entry.path("peerDependencies").properties()) {
            String name = peer.getKey();
            boolean optional = entry.path("peerDependenciesMeta")
                    .path(name)
                    .path("optional")
                    .asBoolean(false);
            // the app's own is used, whatever its version
            boolean shared = name.equals("@sveltejs/kit") || name.equals("svelte") || name.equals("vite");
            if (optional || shared || AdapterPackage.installed(adapter.app(), name) != null) continue;
            missing.put(name, peer.getValue().asString(""));
        }
        return missing;
    }

    private static Map<String, String> root(JsonNode lock) {
        Map<String, String> wanted = new TreeMap<>();
        lock.path("packages")
                .path("")
                .path("dependencies")
                .properties()
                .forEach(entry -> wanted.put(entry.getKey(), entry.getValue().asString("")));
        return wanted;
    }

    private void writePackageJson(Map<String, String> wanted) throws IOException {
        String dependencies = wanted.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\": \"" + entry.getValue() + "\"")
                .collect(Collectors.joining(", "));
        Files.writeString(
                folder().resolve("package.json"),
                "{\"name\": \"" + adapter.id().toLowerCase(Locale.ROOT) + "\", \"private\": true, \"dependencies\": {"
                        + dependencies + "}}\n");
    }

    private void checkLock(Path lock) throws IOException {
        String name = adapter.asked().packageName();
        String locked = App.read(lock)
                .path("packages")
                .path("node_modules/" + name)
                .path("version")
                .asString("");
        if (!locked.isEmpty() && adapter.isWanted(locked)) return;
        throw new UserFailure("Adapter '" + adapter.id() + "': " + lock + " holds "
                + (locked.isEmpty() ? "no " + name : name + " " + locked) + ", and the POM asks for " + spec()
                + "; run 'mvn adapter:lock' and commit the file");
    }

    private void check(NpmCommand.Result result) {
        if (result.succeeded()) return;
        String text = String.join("\n", result.said());
        String begin = "Adapter '" + adapter.id() + "': " + spec() + " could not be installed: ";
        if (npm.offline()) {
            throw new UserFailure(begin + "Maven is offline, and "
                    + Complaint.notCached(result.said()).orElse("a package") + " is not in npm's cache; run 'mvn"
                    + " adapter:go-offline' once with a network");
        }
        if (text.contains("E404")) {
            throw new UserFailure(begin + "the npm registry knows no such package; check <package> ("
                    + adapter.asked().packageName() + ")");
        }
        if (text.contains("ETARGET")) {
            throw new UserFailure(begin + "the npm registry has no such version; check <version> ("
                    + adapter.asked().version() + "), 'npm view "
                    + adapter.asked().packageName() + " versions' lists all");
        }
        throw new UserFailure(begin + "'" + result.shown() + "' failed in " + folder() + ":\n  "
                + String.join("\n  ", Complaint.of(result.said())));
    }

    private String spec() {
        return adapter.asked().packageName() + "@" + adapter.asked().version();
    }

    private Path folder() {
        return adapter.folder();
    }

    private Path mark() {
        return folder().resolve("node_modules").resolve(MARK);
    }
}
