package dev.kitbridge.maven.builder;

import dev.kitbridge.adapter.JavaScriptRuntime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which files of npm packages to copy. The rules omit only files that no package reads at run time.
 *
 * @param target where the packages run; null to copy every file
 * @param compiles whether one of the packages compiles TypeScript, and may read sources and declarations
 */
record PackageFiles(JavaScriptRuntime.@Nullable Target target, boolean compiles) {

    /** Folders that a package in a workspace contains but does not publish. */
    private static final Set<String> NEVER = Set.of("node_modules", ".git");

    private static final Set<String> COMPILERS =
            Set.of("typescript", "tsx", "jiti", "ts-node", "esbuild", "@swc/core", "@babel/preset-typescript");

    private static final Pattern DECLARATION = Pattern.compile(".*\\.d\\.[cm]?ts(\\.map)?");

    /** Node does not run TypeScript in {@code node_modules}; Bun does. */
    private static final Pattern TYPESCRIPT = Pattern.compile(".*\\.([cm]?ts|tsx)");

    private static final Pattern SOURCE_MAP = Pattern.compile(".*\\.([cm]?js|css)\\.map");

    /** Sources, objects and settings from which native add-ons are compiled. */
    private static final Pattern NATIVE_SOURCE =
            Pattern.compile(".*\\.(c|cc|cpp|cxx|h|hh|hpp|o|obj|a|lib|pdb|gyp|gypi|flow)");

    /** Documents in the package's top folder, without licences. */
    private static final Pattern DOCUMENT =
            Pattern.compile("(?i)(?!licen[cs]e|notice|copying|copyright|patents).*\\.(md|markdown)");

    private static final Pattern CODE = Pattern.compile("(?!node_modules/).*\\.([cm]?js|json)");

    private static final Set<String> TESTS = Set.of("test", "tests", "__tests__", "coverage", ".github");
    private static final Set<String> DOCUMENTATION =
            Set.of("doc", "docs", "example", "examples", "bench", "benchmark", "benchmarks");

    /**
     * Returns the rules for some packages.
     *
     * @param places folders of packages by their places
     */
    static PackageFiles of(Map<String, Path> places, JavaScriptRuntime.@Nullable Target target) {
        boolean compiles = places.keySet().stream()
                .map(place -> place.substring(place.lastIndexOf("node_modules/") + "node_modules/".length()))
                .anyMatch(COMPILERS::contains);
        return new PackageFiles(target, compiles);
    }

    /** Lists the files of a package relative to its folder, with forward slashes, in order. */
    List<String> of(Path directory) throws IOException {
        List<String> files = new ArrayList<>();
        for (Path entry : entries(directory)) {
            String name = entry.getFileName().toString();
            if (NEVER.contains(name)) continue;
            if (!Files.isDirectory(entry)) {
                if (isRead(entry, name)
                        && (target == null || !DOCUMENT.matcher(name).matches())) files.add(name);
            } else if (!isNeverOpened(directory, name)) {
                list(entry, name + "/", files);
            }
        }
        return files;
    }

    private void list(Path folder, String prefix, List<String> files) throws IOException {
        for (Path entry : entries(folder)) {
            String name = prefix + entry.getFileName();
            if (Files.isDirectory(entry)) list(entry, name + "/", files);
            else if (isRead(entry, name)) files.add(name);
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> stream = Files.list(folder)) {
            // links may lead nowhere, and sockets are left behind by programs
            List<Path> found = stream.filter(entry -> Files.isRegularFile(entry) || Files.isDirectory(entry))
                    .sorted()
                    .toList();
            List<Path> entries = new ArrayList<>();
            for (Path entry : found) {
                if (!leadsBack(entry)) entries.add(entry);
            }
            return entries;
        }
    }

    /** Returns whether an entry is a link to one of the folders that it is in. */
    private static boolean leadsBack(Path entry) throws IOException {
        return Files.isSymbolicLink(entry)
                && entry.resolveSibling("").toRealPath().startsWith(entry.toRealPath());
    }

    private boolean isRead(Path file, String path) throws IOException {
        if (target == null) return true;
        String name = path.toLowerCase(Locale.ROOT);
        if (SOURCE_MAP.matcher(name).matches() || NATIVE_SOURCE.matcher(name).matches()) return false;
        if (!compiles) {
            if (DECLARATION.matcher(name).matches()) return false;
            if (target.runtime() == JavaScriptRuntime.NODE
                    && TYPESCRIPT.matcher(name).matches()) return false;
        }
        NativeBinary binary = NativeBinary.of(file);
        return binary == null || binary.fitsOneOf(target.platforms());
    }

    /** Returns whether a folder holds tests or documentation that neither this package nor another one refers to. */
    private boolean isNeverOpened(Path directory, String folder) throws IOException {
        if (target == null) return false;
        if (!TESTS.contains(folder) && !(DOCUMENTATION.contains(folder) && isClosed(directory))) return false;
        String name = Pattern.quote(folder);
        Pattern path = Pattern.compile("/" + name + "[\"'`/]|[\"'`]" + name + "/");
        // finds arguments too: join(__dirname, 'docs', 'help.txt'). In package.json, the name may be a keyword
        Pattern argument = Pattern.compile("[\"'`]" + name + "[\"'`]\\s*[,)]");
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) walk::iterator) {
                String code = directory.relativize(file).toString().replace('\\', '/');
                if (code.startsWith(folder + "/") || !CODE.matcher(code).matches() || !Files.isRegularFile(file))
                    continue;
                String text = text(file);
                if (path.matcher(text).find()) return false;
                if (!code.equals("package.json") && argument.matcher(text).find()) return false;
            }
        }
        return true;
    }

    /** Returns whether {@code exports} prevents other packages from importing any file. */
    private static boolean isClosed(Path directory) throws IOException {
        String json = text(directory.resolve("package.json"));
        return json.contains("\"exports\"") && !json.contains("\"./*\"");
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }
}
