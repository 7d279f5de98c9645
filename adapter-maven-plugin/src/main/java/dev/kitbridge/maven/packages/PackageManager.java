package dev.kitbridge.maven.packages;

import dev.kitbridge.maven.failure.UserFailure;
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
import org.semver4j.Semver;

/**
 * The package manager of an app, and the folder that it runs in.
 *
 * @param kind the package manager
 * @param version the version or range that the app needs, or empty
 * @param origin the setting or file that asks for that version, for messages
 * @param root its working directory: the app's folder, or the root of the workspace that lists the app
 * @param lock the lock file, or empty
 */
record PackageManager(Kind kind, String version, String origin, Path root, Optional<Path> lock) {

    private static final Pattern NODE_LINKER = Pattern.compile("(?m)^nodeLinker:\\s*['\"]?([\\w-]+)");
    private static final Pattern FIRST_NUMBER = Pattern.compile("\\D*(\\d+)");

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
     * Finds the package manager: the nearest lock file decides, in the app's folder or in the root of a workspace that
     * lists the app. Without a lock file {@code package.json} decides; the default is npm.
     */
    static PackageManager of(Path app) throws IOException {
        for (Path folder = app; folder != null; folder = folder.getParent()) {
            if (!Workspace.of(folder).lists(app)) continue;
            Optional<NamedManager> named = NamedManager.in(folder);
            List<Kind> kinds = new ArrayList<>();
            named.ifPresent(name -> kinds.add(name.kind()));
            kinds.addAll(List.of(Kind.values()));
            for (Kind kind : kinds) {
                Optional<Path> lock = kind.lock(folder);
                if (lock.isPresent()) return of(kind, named, folder, lock.get());
            }
        }
        NamedManager named = NamedManager.in(app).orElse(new NamedManager(Kind.NPM, "", ""));
        return new PackageManager(named.kind(), named.version(), named.origin(), app, Optional.empty());
    }

    private static PackageManager of(Kind kind, Optional<NamedManager> named, Path folder, Path lock)
            throws IOException {
        NamedManager asked = NamedManager.byLockFile(kind, lock);
        if (named.isPresent()
                && named.get().kind() == kind
                && !named.get().version().isEmpty()) asked = named.get();
        return new PackageManager(kind, asked.version(), asked.origin(), folder, Optional.of(lock));
    }

    /**
     * Returns the folder that an install may write to. Without a lock file, an install runs in the app's folder, but
     * npm finds the workspace by itself.
     */
    Path written() throws IOException {
        if (lock.isPresent()) return root;
        for (Path folder = root.getParent(); folder != null; folder = folder.getParent()) {
            if (Workspace.of(folder).lists(root)) return folder;
        }
        return root;
    }

    /**
     * Rejects Yarn's Plug'n'Play, the default since Yarn 2: Kitbridge needs {@code node_modules}.
     *
     * @throws UserFailure if Yarn would install without {@code node_modules}
     */
    void refusePlugAndPlay(Map<String, String> environment) throws IOException {
        if (kind != Kind.YARN || !isModernYarn()) return;
        String linker = environment.getOrDefault("YARN_NODE_LINKER", "");
        for (Path folder = root; folder != null && linker.isEmpty(); folder = folder.getParent()) {
            Path file = folder.resolve(".yarnrc.yml");
            Matcher matcher = NODE_LINKER.matcher(Files.isRegularFile(file) ? Files.readString(file) : "");
            if (matcher.find()) linker = matcher.group(1);
        }
        if (!linker.isEmpty() && !linker.equals("pnp")) return;
        throw new UserFailure("Yarn in " + root + " uses Plug'n'Play (nodeLinker is "
                + (linker.isEmpty() ? "not set, and pnp is Yarn's default" : "pnp")
                + "), and Kitbridge needs a node_modules folder; add the line 'nodeLinker: node-modules' to "
                + root.resolve(".yarnrc.yml") + " and run 'yarn install'. Nothing was installed");
    }

    /**
     * Returns the arguments of an install: of exactly the versions in the lock file, or, without a lock file, of an
     * install that writes none.
     */
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
        arguments.addAll(everything());
        if (kind == Kind.PNPM && isBelowForeignWorkspace()) arguments.add("--ignore-workspace");
        boolean knowsOffline = kind == Kind.NPM || kind == Kind.PNPM || (kind == Kind.YARN && !isModernYarn());
        if (offline && knowsOffline) arguments.add("--offline");
        return arguments;
    }

    /** Returns whether pnpm would install the workspace of a parent folder that does not list the app. */
    private boolean isBelowForeignWorkspace() throws IOException {
        for (Path folder = root; folder != null; folder = folder.getParent()) {
            Workspace workspace = Workspace.of(folder);
            if (workspace.isPnpms()) return !workspace.lists(root);
        }
        return false;
    }

    /**
     * Returns options that install development dependencies such as Vite, regardless of {@code NODE_ENV} and other
     * settings.
     */
    private List<String> everything() {
        return switch (kind) {
            case NPM -> List.of("--include=dev", "--include=optional", "--include=peer");
            case PNPM -> List.of("--prod=false");
            case YARN -> isModernYarn() ? List.of() : List.of("--production=false");
            // Bun ignores NODE_ENV
            case BUN -> List.of();
        };
    }

    /** Returns the package that {@code npm exec} fetches if the package manager is not installed. */
    String npmPackage() {
        String name = kind == Kind.YARN && isModernYarn() ? "@yarnpkg/cli-dist" : kind.program();
        return name + "@" + (version.isEmpty() ? "latest" : version);
    }

    /**
     * Returns whether the app can use a version. For npm the same major version is enough, because npm is usually
     * installed with Node.
     */
    boolean accepts(String found) {
        Semver semver = Semver.parse(found);
        if (version.isEmpty() || semver == null) return version.isEmpty();
        return semver.satisfies(version) || (kind == Kind.NPM && major() == semver.getMajor());
    }

    /**
     * Returns variables for the package manager. Since version 11, pnpm would look up the pinned version, although it
     * is the running one.
     */
    Map<String, String> environment() {
        return kind == Kind.PNPM ? Map.of("pnpm_config_pm_on_fail", "ignore") : Map.of();
    }

    boolean isModernYarn() {
        return kind == Kind.YARN && (version.isEmpty() ? Files.exists(root.resolve(".yarnrc.yml")) : major() > 1);
    }

    /** Returns whether {@code run build} also runs {@code prebuild} and {@code postbuild}. */
    boolean runsPrePost() throws IOException {
        if (isModernYarn()) return false;
        if (kind != Kind.PNPM || major() < 7 || major() > 8) return true;
        Path file = root.resolve(".npmrc");
        return Files.isRegularFile(file)
                && Files.readString(file).matches("(?s)(.*\\n)?enable-pre-post-scripts\\s*=\\s*true\\b.*");
    }

    /**
     * Returns whether scripts get all fields of {@code package.json} in their environment; newer versions export some
     * fields only.
     */
    boolean exportsWholePackage() {
        return switch (kind) {
            case YARN -> !isModernYarn();
            case PNPM -> major() > 0 && major() < 9;
            case NPM, BUN -> false;
        };
    }

    /** Returns the major version of a version or range; 0 if it contains no number. */
    int major() {
        Matcher matcher = FIRST_NUMBER.matcher(version);
        return matcher.lookingAt() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /** Returns the command line of an install, for messages. */
    String commandLine(boolean offline) throws IOException {
        return kind.program() + " " + String.join(" ", installArguments(offline));
    }

    /** Returns the command that adds a package to the app's development dependencies. */
    String addCommand(String spec) {
        return kind.program() + (kind == Kind.NPM ? " install -D " : " add -D ") + spec;
    }
}
