package dev.kitbridge.maven.vite;

import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.digest.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The files that an app is built from.
 *
 * @param place where they are
 * @param own sizes and times of those that were found in the app's folder, by relative path
 * @param digests SHA-256 of each, and of files that the build reads from elsewhere, by absolute path
 * @param words words in capital letters that stand in them: names of environment variables, among others
 */
record Sources(Place place, SortedMap<String, String> own, SortedMap<String, String> digests, Set<String> words) {

    /** Larger files are data, and are not searched for words. */
    private static final int TEXT_LIMIT = 1 << 20;

    /**
     * Where an app's sources are.
     *
     * @param root the app's folder
     * @param shared whether that is the Maven module's folder too, whose Java sources are no sources of the app
     * @param target the module's output
     */
    record Place(Path root, boolean shared, Path target) {

        static Place of(App app, Path module, Path target) throws IOException {
            Path output = Files.exists(target)
                    ? target.toRealPath()
                    : target.toAbsolutePath().normalize();
            return new Place(app.directory(), Files.isSameFile(app.directory(), module), output);
        }

        /** What can go into the build: the app's folder without packages and output. */
        SortedMap<String, String> files() throws IOException {
            SortedMap<String, String> stamps = new TreeMap<>();
            Tree.files(root, this::isSource).forEach((file, attributes) -> {
                // what the module's POM says about the app comes as parameters
                if (!file.equals("pom.xml") && !file.endsWith(".log")) stamps.put(file, Tree.stamp(attributes));
            });
            return stamps;
        }

        private boolean isSource(String folder) {
            String name = folder.substring(folder.lastIndexOf('/') + 1);
            if (name.equals("node_modules") || name.equals(".git") || name.equals(".svelte-kit")) return false;
            if (root.resolve(folder).equals(target)) return false;
            boolean top = name.equals(folder);
            // another module's output, where the app is that module's
            if (top && name.equals("target") && Files.exists(root.resolve("pom.xml"))) return false;
            if (top && (name.equals("build") || name.equals("dist") || name.startsWith("."))) return false;
            return !shared || !(folder.equals("src/main") || folder.equals("src/test") || folder.equals("src/it"));
        }
    }

    /**
     * Reads all sources.
     *
     * @param known what the last build read
     */
    static Sources read(Place place, Collection<String> known) throws IOException {
        SortedMap<String, String> own = place.files();
        Sources none = new Sources(place, own, new TreeMap<>(), Set.of());
        return none.with(own.keySet()).with(known);
    }

    /** Reads files that are not among these yet. */
    Sources with(Collection<String> files) throws IOException {
        SortedMap<String, String> all = new ConcurrentSkipListMap<>(digests);
        Set<String> found = ConcurrentHashMap.newKeySet();
        found.addAll(words);
        try {
            files.parallelStream()
                    .filter(file -> !digests.containsKey(file))
                    .forEach(file -> all.put(file, digest(place.root().resolve(file), found)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new Sources(place, own, new TreeMap<>(all), found);
    }

    /** Whether the app's folder still is as it was when it was read. */
    boolean areCurrent() throws IOException {
        return place.files().equals(own);
    }

    private static String digest(Path file, Set<String> words) {
        try {
            if (!Files.isRegularFile(file)) return "missing";
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length < TEXT_LIMIT) addWords(bytes, words);
            return Fingerprint.sha256(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Finds {@code [A-Z][A-Z0-9_]{2,}} between characters that are no part of a word. */
    private static void addWords(byte[] text, Set<String> words) {
        int start = -1;
        boolean inWord = false;
        for (int i = 0; i <= text.length; i++) {
            int c = i < text.length ? text[i] : ' ';
            boolean upper = c >= 'A' && c <= 'Z';
            boolean rest = upper || (c >= '0' && c <= '9') || c == '_';
            if (start >= 0 && !rest) {
                boolean ends = !(c >= 'a' && c <= 'z');
                if (ends && i - start > 2) words.add(new String(text, start, i - start, StandardCharsets.ISO_8859_1));
                start = -1;
            } else if (start < 0 && upper && !inWord) {
                start = i;
            }
            inWord = rest || (c >= 'a' && c <= 'z');
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

    /** Tells the app's content from another: its own files without those that hold settings of a machine. */
    String contentDigest() {
        Fingerprint fingerprint = new Fingerprint();
        digests.forEach((file, digest) -> {
            if (own.containsKey(file) && !file.startsWith(".")) fingerprint.add(file, digest);
        });
        return fingerprint.digest();
    }
}
