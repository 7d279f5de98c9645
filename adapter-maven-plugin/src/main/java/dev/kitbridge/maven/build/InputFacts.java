package dev.kitbridge.maven.build;

import dev.kitbridge.maven.files.Fingerprint;
import dev.kitbridge.maven.files.Tree;
import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Computes the facts about a build's inputs outside the app's sources.
 *
 * @param layout decides which files are sources, which have facts of their own
 * @param environment the environment variables of a build
 */
record InputFacts(AppSources.Layout layout, Map<String, String> environment) {

    /**
     * Variables that differ between two runs in one terminal, or between two terminals. A build that lists all
     * variables does not depend on these.
     */
    private static final Set<String> VOLATILE = Set.of(
            "_",
            "COLUMNS",
            "COLORTERM",
            "FORCE_COLOR",
            "LINES",
            "MAVEN_CMD_LINE_ARGS",
            "NODE_COMPILE_CACHE",
            "OLDPWD",
            "PWD",
            "SHLVL",
            "TERM",
            "UV_THREADPOOL_SIZE");

    /** Variables that V8 reads itself, to format dates and numbers. */
    private static final Set<String> NATIVE = Set.of("TZ", "LANG", "LC_ALL", "LC_MESSAGES");

    /** Adds the current facts. */
    void add(Inputs inputs, Facts facts) throws IOException {
        Map<String, String> values = new ConcurrentHashMap<>();
        try {
            outside(inputs.files()).forEach(file -> values.put(Facts.FILE + file, AppSources.digest(resolve(file))));
            outside(inputs.looks()).forEach(file -> values.put(Facts.FILE + file, kind(resolve(file))));
            outside(inputs.folders()).forEach(folder -> values.put(Facts.FOLDER + folder, names(resolve(folder))));
            outside(inputs.trees()).forEach(tree -> values.put(Facts.FOLDER + tree + "/**", tree(resolve(tree))));
            inputs.questions().parallelStream()
                    .forEach(question -> values.put(
                            Facts.COMMAND + "git " + String.join(" ", question.arguments()) + "' in '"
                                    + question.folder(),
                            answer(question)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        facts.values().putAll(values);
        environment.forEach((name, value) -> {
            if (isRead(name, inputs)) facts.add(Facts.VARIABLE, name, sha256(value));
        });
        for (String unknown : inputs.unknown()) facts.add(Facts.UNKNOWN, unknown, "");
    }

    private Stream<String> outside(List<String> paths) {
        return paths.parallelStream()
                .filter(path -> !layout.holds(path))
                .filter(path -> !layout.isWritten(resolve(path)));
    }

    private Path resolve(String path) {
        return layout.root().resolve(path);
    }

    /** Returns whether a path exists, its kind, and where links lead. */
    private static String kind(Path path) {
        if (!Files.exists(path)) return Facts.MISSING;
        String kind = Files.isDirectory(path) ? "folder" : "exists";
        try {
            Path real = path.toRealPath();
            return real.equals(path.toAbsolutePath().normalize()) ? kind : kind + " at " + real;
        } catch (IOException e) {
            // another user's folder
            return kind;
        }
    }

    private static String names(Path folder) {
        if (!Files.isDirectory(folder)) return kind(folder);
        try (Stream<Path> entries = Files.list(folder)) {
            return sha256(String.join(
                    "\n",
                    entries.map(entry -> entry.getFileName() + " " + kind(entry))
                            .sorted()
                            .toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String tree(Path folder) {
        if (!Files.isDirectory(folder)) return kind(folder);
        try {
            return sha256(String.join(
                    "\n",
                    Tree.files(
                                    folder,
                                    name -> !name.matches("(.*/)?(node_modules|\\.git|\\.svelte-kit)")
                                            && !layout.isOutput(folder.resolve(name)))
                            .keySet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answer(Inputs.Question question) {
        Optional<Path> git = new Programs(environment.getOrDefault("PATH", "")).find("git");
        if (git.isEmpty()) return Facts.MISSING;
        List<String> command = new ArrayList<>(List.of(git.get().toString()));
        command.addAll(question.arguments());
        StringBuilder text = new StringBuilder();
        try {
            int exitCode = new ChildProcess(command, Path.of(question.folder()), environment)
                    .run((line, error) -> text.append(error ? "" : line + '\n'), seconds -> {})
                    .exitCode();
            return sha256(exitCode + "\n" + text);
        } catch (IOException e) {
            return Facts.MISSING;
        }
    }

    private static boolean isRead(String name, Inputs inputs) {
        if (NATIVE.contains(name) || inputs.variables().contains(name)) return true;
        return inputs.prefixes().stream().anyMatch(name::startsWith)
                && (!VOLATILE.contains(name) || !inputs.prefixes().contains(""));
    }

    private static String sha256(String text) {
        return Fingerprint.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
