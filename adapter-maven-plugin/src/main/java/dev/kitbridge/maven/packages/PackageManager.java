package dev.kitbridge.maven.packages;

import dev.kitbridge.maven.app.App;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What installs an app's packages, and where.
 *
 * @param kind which package manager
 * @param version the version that {@code packageManager} asks for, or empty
 * @param root the folder that it runs in: the app's, or that of the workspace which the app belongs to
 * @param lock the lock file, if there is one
 */
record PackageManager(Kind kind, String version, Path root, Optional<Path> lock) {

    private static final Pattern NAMED = Pattern.compile("(npm|pnpm|yarn|bun)@([^+]*).*");

    enum Kind {
        NPM("package-lock.json", "npm-shrinkwrap.json"),
        PNPM("pnpm-lock.yaml"),
        YARN("yarn.lock"),
        BUN("bun.lock", "bun.lockb");

        private final List<String> locks;

        Kind(String... locks) {
            this.locks = List.of(locks);
        }

        String program() {
            return name().toLowerCase(Locale.ROOT);
        }

        private Optional<Path> lock(Path folder) {
            return locks.stream()
                    .map(folder::resolve)
                    .filter(Files::isRegularFile)
                    .findFirst();
        }
    }

    /**
     * The nearest lock file decides, in the app's folder or above it where that is a workspace's root; without one
     * {@code packageManager} does, and without that it is npm.
     */
    static PackageManager of(Path app) throws IOException {
        for (Path folder = app; folder != null; folder = folder.getParent()) {
            boolean root = folder.equals(app) || isWorkspaceRoot(folder);
            if (!root) continue;
            Optional<Matcher> named = named(folder);
            List<Kind> kinds = new ArrayList<>();
            named.ifPresent(match -> kinds.add(kind(match)));
            kinds.addAll(List.of(Kind.values()));
            for (Kind kind : kinds) {
                Optional<Path> lock = kind.lock(folder);
                if (lock.isEmpty()) continue;
                String version = named.filter(match -> kind(match) == kind)
                        .map(match -> match.group(2))
                        .orElse("");
                return new PackageManager(kind, version, folder, lock);
            }
        }
        Optional<Matcher> named = named(app);
        return new PackageManager(
                named.map(PackageManager::kind).orElse(Kind.NPM),
                named.map(match -> match.group(2)).orElse(""),
                app,
                Optional.empty());
    }

    /**
     * The folder that an install may write to: without a lock file it runs in the app's folder, and npm finds the
     * workspace by itself.
     */
    Path written() throws IOException {
        if (lock.isPresent()) return root;
        for (Path folder = root; folder != null; folder = folder.getParent()) {
            if (isWorkspaceRoot(folder)) return folder;
        }
        return root;
    }

    private static Kind kind(Matcher named) {
        return Kind.valueOf(named.group(1).toUpperCase(Locale.ROOT));
    }

    private static Optional<Matcher> named(Path folder) throws IOException {
        Path file = folder.resolve("package.json");
        if (!Files.isRegularFile(file)) return Optional.empty();
        Matcher matcher = NAMED.matcher(App.read(file).path("packageManager").asString(""));
        return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }

    private static boolean isWorkspaceRoot(Path folder) throws IOException {
        if (Files.isRegularFile(folder.resolve("pnpm-workspace.yaml"))) return true;
        Path file = folder.resolve("package.json");
        return Files.isRegularFile(file) && App.read(file).has("workspaces");
    }

    /** The arguments of an install: exactly what the lock file says, or, without one, an install that writes none. */
    List<String> installArguments(boolean offline) throws IOException {
        boolean frozen = lock.isPresent();
        List<String> arguments = new ArrayList<>(
                switch (kind) {
                    case NPM ->
                        frozen
                                ? List.of("ci", "--no-audit", "--no-fund")
                                : List.of("install", "--no-package-lock", "--no-audit", "--no-fund");
                    case PNPM -> frozen ? List.of("install", "--frozen-lockfile") : List.of("install", "--no-lockfile");
                    case YARN ->
                        isModernYarn()
                                ? List.of("install", "--immutable")
                                : frozen
                                        ? List.of("install", "--frozen-lockfile", "--non-interactive")
                                        : List.of("install", "--no-lockfile", "--non-interactive");
                    case BUN -> frozen ? List.of("install", "--frozen-lockfile") : List.of("install", "--no-save");
                });
        boolean knowsOffline = kind == Kind.NPM || kind == Kind.PNPM || (kind == Kind.YARN && !isModernYarn());
        if (offline && knowsOffline) arguments.add("--offline");
        return arguments;
    }

    /** What {@code npm exec} has to fetch where the package manager is not on this machine. */
    String npmPackage() throws IOException {
        String name = kind == Kind.YARN && isModernYarn() ? "@yarnpkg/cli-dist" : kind.program();
        String wanted = !version.isEmpty() ? version : kind == Kind.YARN && !isModernYarn() ? "1" : "latest";
        return name + "@" + wanted;
    }

    /**
     * From pnpm 11 on, it would look for the pinned version itself, which is the one that runs, and for a record of it.
     */
    Map<String, String> environment() {
        return kind == Kind.PNPM ? Map.of("pnpm_config_pm_on_fail", "ignore") : Map.of();
    }

    private boolean isModernYarn() throws IOException {
        if (!version.isEmpty()) return !version.startsWith("1.");
        return lock.isPresent() && Files.readString(lock.get()).contains("__metadata:");
    }

    /** How its run is shown to the user. */
    String commandLine(boolean offline) throws IOException {
        return kind.program() + " " + String.join(" ", installArguments(offline));
    }
}
