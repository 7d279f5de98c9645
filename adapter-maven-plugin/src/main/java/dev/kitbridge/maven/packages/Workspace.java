package dev.kitbridge.maven.packages;

import dev.kitbridge.maven.app.App;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/**
 * A folder that may be the root of a workspace, with the patterns of its members.
 *
 * @param root the folder
 * @param isPnpms whether {@code pnpm-workspace.yaml} declares it
 * @param patterns globs relative to the root; {@code !} at the start excludes
 */
record Workspace(Path root, boolean isPnpms, List<String> patterns) {

    private static final String PNPM_FILE = "pnpm-workspace.yaml";

    /** The list {@code packages} in the block notation of YAML, or in brackets on one line. */
    private static final Pattern PNPM_PACKAGES =
            Pattern.compile("(?m)^packages:[ \\t]*(?:\\[([^\\]]*)\\]|(?:#.*)?((?:\\R[ \\t]*(?:#.*|-[ \\t].*)?)*))");

    private static final Pattern PNPM_ITEM = Pattern.compile(
            "(?m)(?:^[ \\t]*-[ \\t]+|\\G[ \\t]*,?[ \\t]*)(?:'([^']*)'|\"([^\"]*)\"|([^\\s,#'\"][^\\s,#]*))");

    /** Reads the declaration in a folder; without one the list of patterns is empty. */
    static Workspace of(Path folder) throws IOException {
        Path pnpm = folder.resolve(PNPM_FILE);
        if (Files.isRegularFile(pnpm)) return new Workspace(folder, true, pnpmPatterns(Files.readString(pnpm)));
        Path file = folder.resolve("package.json");
        if (!Files.isRegularFile(file)) return new Workspace(folder, false, List.of());
        JsonNode workspaces = App.read(file).path("workspaces");
        List<String> patterns = new ArrayList<>();
        // Yarn 1 and Bun accept an object too
        for (JsonNode pattern : workspaces.isObject() ? workspaces.path("packages") : workspaces) {
            patterns.add(pattern.asString(""));
        }
        return new Workspace(folder, false, patterns);
    }

    private static List<String> pnpmPatterns(String yaml) {
        Matcher list = PNPM_PACKAGES.matcher(yaml);
        if (!list.find()) return List.of();
        List<String> patterns = new ArrayList<>();
        Matcher item = PNPM_ITEM.matcher(list.group(1) == null ? list.group(2) : list.group(1));
        while (item.find()) {
            for (int group = 1; group <= 3; group++) {
                if (item.group(group) != null) patterns.add(item.group(group));
            }
        }
        return patterns;
    }

    /** Returns whether a folder is the root or one of its members. */
    boolean lists(Path folder) {
        if (folder.equals(root)) return true;
        String path = root.relativize(folder).toString().replace('\\', '/');
        boolean listed = false;
        for (String pattern : patterns) {
            boolean excludes = pattern.startsWith("!");
            if (matches(excludes ? pattern.substring(1) : pattern, path)) {
                // in pnpm any exclusion wins, in npm the last matching pattern wins
                if (excludes && isPnpms) return false;
                listed = !excludes;
            }
        }
        return listed;
    }

    private static boolean matches(String pattern, String path) {
        String glob = pattern.replaceFirst("^(\\./|/)+", "").replaceFirst("/+$", "");
        try {
            // a leading or inner "**/" also stands for no folder at all
            return matchesGlob(glob, path) || matchesGlob(glob.replace("**/", ""), path);
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private static boolean matchesGlob(String glob, String path) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(path));
    }
}
