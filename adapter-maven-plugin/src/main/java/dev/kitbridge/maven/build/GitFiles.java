package dev.kitbridge.maven.build;

import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Separates the sources of an app from generated files. It asks Git, which applies {@code .gitignore}, and excludes
 * files that earlier builds wrote.
 *
 * @param tracked entries of Git's index: files, and the paths of links and submodules
 * @param kept tracked files and those that Git does not ignore; empty without Git
 * @param generated files that a build wrote
 */
record GitFiles(Set<String> tracked, Optional<Set<String>> kept, Set<String> generated) {

    /**
     * Asks Git.
     *
     * @param scratch holds an empty repository if the app's folder is in none, so that Git reads {@code .gitignore}
     */
    static GitFiles of(Path app, Path scratch, List<String> generated, Programs programs) throws IOException {
        Optional<Path> git = programs.find("git");
        Set<String> written = Set.copyOf(generated);
        if (git.isEmpty()) return new GitFiles(Set.of(), Optional.empty(), written);
        Listing listing = new Listing(git.get(), app);
        Set<String> tracked = listing.files(List.of(), "--cached");
        Set<String> kept = listing.files(List.of(), "--cached", "--others", "--exclude-standard");
        // the repository of a parent project may ignore the app's folder
        if (kept.contains("package.json")) return new GitFiles(tracked, Optional.of(kept), written);
        Path empty = scratch.resolve("git");
        if (!Files.exists(empty.resolve("HEAD"))) listing.run(List.of("init", "--quiet", "--bare", empty.toString()));
        List<String> own = List.of("--git-dir=" + empty, "--work-tree=" + app, "-c", "core.bare=false");
        Set<String> files = listing.files(own, "--others", "--exclude-standard");
        return new GitFiles(Set.of(), files.contains("package.json") ? Optional.of(files) : Optional.empty(), written);
    }

    /** Returns whether a file is a source, by its path relative to the app's folder. */
    boolean holds(String file) {
        if (isIn(tracked, file)) return true;
        return !generated.contains(file) && (kept.isEmpty() || isIn(kept.get(), file));
    }

    /** Also finds files below a link or a submodule, of which Git lists only the path. */
    private static boolean isIn(Set<String> files, String file) {
        if (files.contains(file)) return true;
        for (int slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', slash + 1)) {
            if (files.contains(file.substring(0, slash)) || files.contains(file.substring(0, slash + 1))) return true;
        }
        return false;
    }

    private record Listing(Path git, Path app) {

        Set<String> files(List<String> before, String... options) throws IOException {
            List<String> arguments = new ArrayList<>(List.of("-c", "core.quotePath=false"));
            arguments.addAll(before);
            arguments.add("ls-files");
            arguments.addAll(Arrays.asList(options));
            if (arguments.contains("--others")) arguments.addAll(List.of("-x", "node_modules", "-x", ".svelte-kit"));
            return run(arguments);
        }

        /** Returns the lines of the output; an empty set if Git fails. */
        Set<String> run(List<String> arguments) throws IOException {
            List<String> command = new ArrayList<>(List.of(git.toString()));
            command.addAll(arguments);
            Set<String> lines = new HashSet<>();
            boolean succeeded = new ChildProcess(command, app, Map.of())
                    .run(
                            (line, error) -> {
                                if (!error) lines.add(line);
                            },
                            seconds -> {})
                    .succeeded();
            return succeeded ? lines : Set.of();
        }
    }
}
