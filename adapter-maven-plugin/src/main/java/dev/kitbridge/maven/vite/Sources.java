package dev.kitbridge.maven.vite;

import dev.kitbridge.maven.app.App;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that an app is built from.
 *
 * @param digests SHA-256 by path; paths within the app's folder are relative
 * @param own those of them that were found in the app's folder
 * @param words words in capital letters that stand in them: names of environment variables, among others
 */
record Sources(SortedMap<String, String> digests, Set<String> own, Set<String> words) {

    private static final Pattern WORD = Pattern.compile("\\b[A-Z][A-Z0-9_]{2,}\\b");

    /** Larger files are data, and are not searched for words. */
    private static final int TEXT_LIMIT = 1 << 20;

    /**
     * Reads what can go into the build: the app's folder without packages and output, and files that the last build
     * read from elsewhere.
     *
     * @param module the Maven module's folder, whose Java sources are no sources of the app
     * @param target the module's output
     * @param known files that the last build read
     */
    static Sources read(App app, Path module, Path target, Collection<String> known) throws IOException {
        Path root = app.directory();
        boolean shared = Files.isSameFile(root, module);
        Path output = target.toAbsolutePath().normalize();
        Set<String> own = new TreeSet<>(Tree.files(root, folder -> isSource(folder, root, output, shared))
                .keySet());
        // what the module's POM says about the app comes as parameters
        own.removeIf(file -> file.equals("pom.xml") || file.endsWith(".log"));
        Set<String> files = new TreeSet<>(own);
        files.addAll(known);
        SortedMap<String, String> digests = new ConcurrentSkipListMap<>();
        Set<String> words = ConcurrentHashMap.newKeySet();
        try {
            files.parallelStream().forEach(file -> digests.put(file, digest(root.resolve(file), words)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new Sources(new TreeMap<>(digests), own, words);
    }

    private static boolean isSource(String folder, Path root, Path target, boolean shared) {
        String name = folder.substring(folder.lastIndexOf('/') + 1);
        if (name.equals("node_modules") || name.equals(".git") || name.equals(".svelte-kit")) return false;
        if (root.resolve(folder).equals(target)) return false;
        boolean top = name.equals(folder);
        // another module's output, where the app is that module's
        if (top && name.equals("target") && Files.exists(root.resolve("pom.xml"))) return false;
        if (top && (name.equals("build") || name.equals("dist") || name.startsWith("."))) return false;
        return !shared || !(folder.equals("src/main") || folder.equals("src/test") || folder.equals("src/it"));
    }

    private static String digest(Path file, Set<String> words) {
        try {
            if (!Files.isRegularFile(file)) return "missing";
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length < TEXT_LIMIT) {
                Matcher matcher = WORD.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
                while (matcher.find()) words.add(matcher.group());
            }
            return Fingerprint.sha256(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The variables that can matter: those that Vite and kit expose by their prefix, and those that the sources name.
     */
    SortedMap<String, String> environment(Map<String, String> all) {
        SortedMap<String, String> relevant = new TreeMap<>();
        all.forEach((name, value) -> {
            if (name.startsWith("VITE_") || name.startsWith("PUBLIC_") || words.contains(name)) {
                relevant.put(name, value);
            }
        });
        return relevant;
    }

    /** Whether the app's own files have the same names and contents, settings of the machine included. */
    boolean hasSameFiles(Sources other) {
        return own.equals(other.own)
                && own.stream().allMatch(file -> Objects.equals(digests.get(file), other.digests.get(file)));
    }

    /** Tells the app's content from another: its own files without those that hold settings of a machine. */
    String contentDigest() {
        Fingerprint fingerprint = new Fingerprint();
        digests.forEach((file, digest) -> {
            if (own.contains(file) && !file.startsWith(".")) fingerprint.add(file, digest);
        });
        return fingerprint.digest();
    }
}
