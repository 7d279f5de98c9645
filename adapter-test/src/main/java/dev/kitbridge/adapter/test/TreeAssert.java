package dev.kitbridge.adapter.test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Manifest;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.assertj.core.api.AbstractAssert;

/** Assertions on a {@link FileTree}. Paths are relative, with slashes. */
public final class TreeAssert extends AbstractAssert<TreeAssert, FileTree> {

    private static final Pattern ROUTE = Pattern.compile("(?m)^\\s*\"?id\"?: (\"[^\"]*\")");
    private static final int SHOWN = 40;

    TreeAssert(FileTree actual) {
        super(actual, TreeAssert.class);
    }

    /**
     * Fails if one of these files is missing.
     *
     * @param paths the files
     * @return this
     */
    public TreeAssert hasFile(String... paths) {
        for (String path : paths) {
            if (!names().contains(path)) failWithMessage("%s has no file %s. It has:%n%s", actual, path, shown());
        }
        return this;
    }

    /**
     * Fails if there is one of these files.
     *
     * @param paths the files
     * @return this
     */
    public TreeAssert hasNoFile(String... paths) {
        for (String path : paths) {
            if (names().contains(path)) failWithMessage("%s has the file %s", actual, path);
        }
        return this;
    }

    /**
     * Fails if there is a file with such a path.
     *
     * @param pattern a regular expression for a whole path
     * @return this
     */
    public TreeAssert hasNoFileMatching(String pattern) {
        List<String> found =
                names().stream().filter(name -> name.matches(pattern)).toList();
        if (!found.isEmpty()) failWithMessage("%s has files that match %s: %s", actual, pattern, found);
        return this;
    }

    /**
     * Fails if the files are not exactly these.
     *
     * @param paths all files, in any order; none for an empty tree
     * @return this
     */
    public TreeAssert hasExactlyFiles(String... paths) {
        Set<String> missing = new TreeSet<>(List.of(paths));
        missing.removeAll(names());
        Set<String> unexpected = new TreeSet<>(names());
        List.of(paths).forEach(unexpected::remove);
        if (!missing.isEmpty() || !unexpected.isEmpty()) {
            failWithMessage(
                    "%s has other files than expected.%nMissing: %s%nUnexpected: %s", actual, missing, unexpected);
        }
        return this;
    }

    /**
     * Fails if a file is missing or does not contain a text.
     *
     * @param path the file, in UTF-8
     * @param text a part of its content
     * @return this
     */
    public TreeAssert hasFileContaining(String path, String text) {
        hasFile(path);
        String content = actual.text(path);
        if (!content.contains(text)) {
            failWithMessage("%s in %s does not contain:%n%s%nIt contains:%n%s", path, actual, text, content);
        }
        return this;
    }

    /**
     * Fails if a module with kit's manifest, as {@code generateManifest} and {@code generateServerInstance} write it,
     * does not have exactly these routes.
     *
     * @param path the JavaScript file
     * @param ids all routes by their folders below {@code src/routes}, in any order
     * @return this
     */
    public TreeAssert hasServerManifest(String path, String... ids) {
        hasFile(path);
        Set<String> found = new TreeSet<>();
        for (MatchResult match : ROUTE.matcher(actual.text(path)).results().toList()) {
            String quoted = match.group(1);
            found.add(quoted.substring(1, quoted.length() - 1));
        }
        if (!found.equals(Set.of(ids))) {
            failWithMessage("%s in %s has the routes %s, not %s", path, actual, found, new TreeSet<>(List.of(ids)));
        }
        return this;
    }

    /**
     * Fails if the main section of a jar's manifest does not have this attribute.
     *
     * @param name an attribute of {@code META-INF/MANIFEST.MF}
     * @param value its value
     * @return this
     */
    public TreeAssert hasJarManifestEntry(String name, String value) {
        hasFile("META-INF/MANIFEST.MF");
        try {
            Manifest manifest =
                    new Manifest(new ByteArrayInputStream(actual.files().get("META-INF/MANIFEST.MF")));
            String found = manifest.getMainAttributes().getValue(name);
            if (!value.equals(found))
                failWithMessage("The manifest of %s has %s: %s, not %s", actual, name, found, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private Set<String> names() {
        isNotNull();
        return actual.files().keySet();
    }

    private String shown() {
        Set<String> names = names();
        String text = String.join("\n", names.stream().limit(SHOWN).toList());
        if (names.isEmpty()) return "(nothing)";
        return names.size() > SHOWN ? text + "\n(and " + (names.size() - SHOWN) + " more)" : text;
    }
}
