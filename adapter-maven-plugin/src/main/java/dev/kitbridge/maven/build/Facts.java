package dev.kitbridge.maven.build;

import dev.kitbridge.maven.files.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the output of a build depends on.
 *
 * @param values digests or versions, each by a kind and a name: {@code file src/app.html}, {@code node}
 */
record Facts(SortedMap<String, String> values) {

    static final String FILE = "file ";
    static final String FOLDER = "folder ";
    static final String VARIABLE = "variable ";
    static final String COMMAND = "command ";
    static final String UNKNOWN = "unknown ";
    static final String MISSING = "missing";

    private static final int NAMED = 3;

    static Facts none() {
        return new Facts(new TreeMap<>());
    }

    Facts add(String kind, String name, String value) {
        values.put(kind + name, value);
        return this;
    }

    /** Returns the SHA-256 of all facts. */
    String digest() {
        return new Fingerprint().addAll("", values).digest();
    }

    /** Describes the difference to other facts in one line; returns null if they are equal. */
    @Nullable
    String difference(Facts now) {
        TreeSet<String> keys = new TreeSet<>(values.keySet());
        keys.addAll(now.values.keySet());
        List<String> files = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String key : keys) {
            String before = values.getOrDefault(key, MISSING);
            String after = now.values.getOrDefault(key, MISSING);
            if (key.startsWith(UNKNOWN)) {
                others.add(unknown(key));
            } else if (!before.equals(after)) {
                if (key.startsWith(FILE)) files.add(key.substring(FILE.length()) + verb(before, after));
                else others.add(other(key, before, after));
            }
        }
        if (files.size() == 1) others.add(files.get(0));
        if (files.size() > 1) others.add(files.size() + " files changed: " + listed(names(files)));
        return others.isEmpty() ? null : listed(others);
    }

    private static String verb(String before, String after) {
        if (before.equals(MISSING)) return " is new";
        return after.equals(MISSING) ? " is missing" : " changed";
    }

    private static List<String> names(List<String> files) {
        return files.stream()
                .map(file -> file.replaceFirst(" changed$", "").replaceFirst(" is (new|missing)$", " ($1)"))
                .toList();
    }

    private static String unknown(String key) {
        return "the last build used " + key.substring(UNKNOWN.length()) + ", whose value may have changed";
    }

    private static String other(String key, String before, String after) {
        if (key.startsWith(FOLDER)) return "the files in " + key.substring(FOLDER.length()) + " changed";
        if (key.startsWith(VARIABLE))
            return "the environment variable " + key.substring(VARIABLE.length()) + " changed";
        if (key.startsWith(COMMAND)) return "the output of '" + key.substring(COMMAND.length()) + "' changed";
        boolean shown = before.length() < 20 && after.length() < 20;
        return key + " changed" + (shown ? " from " + before + " to " + after : "");
    }

    private static String listed(List<String> parts) {
        if (parts.size() <= NAMED) return String.join(", ", parts);
        return String.join(", ", parts.subList(0, NAMED)) + " and " + (parts.size() - NAMED) + " more";
    }
}
