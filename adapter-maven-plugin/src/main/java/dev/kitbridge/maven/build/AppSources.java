package dev.kitbridge.maven.build;

import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.files.Fingerprint;
import dev.kitbridge.maven.files.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;

/**
 * The files in an app's folder that a build may read, including those that the last build did not read.
 *
 * @param digests SHA-256 of each, by relative path
 */
record AppSources(SortedMap<String, String> digests) {

    /**
     * Decides which files of an app's folder are sources.
     *
     * @param root the app's folder
     * @param target the Maven module's output
     * @param output SvelteKit's {@code outDir}, relative to the app's folder or absolute
     */
    record Layout(Path root, Path target, String output) {

        static Layout of(App app, Path target, String output) throws IOException {
            return new Layout(
                    app.directory(),
                    Files.exists(target)
                            ? target.toRealPath()
                            : target.toAbsolutePath().normalize(),
                    output);
        }

        /**
         * Returns whether a file is a source by its path, which is relative to the app's folder. A folder beside the
         * sources, such as {@code dist}, is none; a file of that name is one.
         */
        boolean holds(String file) {
            if (isAside(file) && Files.isDirectory(root.resolve(file))) return false;
            if (Path.of(file).isAbsolute() || file.startsWith("../") || !isSourceFile(file)) return false;
            for (int slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', slash + 1)) {
                if (!isSourceFolder(file.substring(0, slash))) return false;
            }
            return true;
        }

        /** The POM is no source: the parameters that it sets are facts of their own. */
        private static boolean isSourceFile(String file) {
            boolean log = file.endsWith(".log") && file.indexOf('/') < 0;
            return !file.equals("pom.xml") && !log;
        }

        /**
         * Returns whether a folder is the output of the Maven module or of SvelteKit, to which builds and adapters
         * write.
         */
        boolean isOutput(Path folder) {
            return folder.equals(target) || folder.equals(root.resolve(output));
        }

        /** Returns whether a build or an adapter writes this file, and the app's team does not. */
        boolean isWritten(Path file) {
            return file.startsWith(target.resolve("adapters")) || file.startsWith(root.resolve(output));
        }

        /**
         * Returns whether a folder holds files that are no sources but that a build may read: {@code .content} or
         * {@code dist}, for example.
         */
        boolean isAside(String folder) {
            if (isOutput(root.resolve(folder)) || folder.equals(".git") || folder.equals(".svelte-kit")) return false;
            return isAsideByName(folder);
        }

        private static boolean isAsideByName(String folder) {
            boolean top = !folder.isEmpty() && folder.indexOf('/') < 0;
            return top && (folder.equals("build") || folder.equals("dist") || folder.startsWith("."));
        }

        /** Returns whether a folder's files are sources, by its path, which is relative to the app's folder. */
        private boolean isSourceFolder(String folder) {
            String name = folder.substring(folder.lastIndexOf('/') + 1);
            if (name.equals("node_modules") || name.equals(".git") || name.equals(".svelte-kit")) return false;
            if (isOutput(root.resolve(folder))) return false;
            if (isAsideByName(folder)) return false;
            // the output and the Java sources of a Maven module, which need not be the module that builds the app
            boolean maven = folder.equals("target")
                    || folder.equals("src/main")
                    || folder.equals("src/test")
                    || folder.equals("src/it");
            return !maven || !Files.exists(root.resolve("pom.xml"));
        }
    }

    static AppSources read(Layout layout) throws IOException {
        SortedMap<String, String> digests = new ConcurrentSkipListMap<>();
        try {
            Tree.files(layout.root(), layout::isSourceFolder).keySet().parallelStream()
                    .filter(Layout::isSourceFile)
                    .forEach(file -> digests.put(file, digest(layout.root().resolve(file))));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new AppSources(new TreeMap<>(digests));
    }

    /** Returns the SHA-256 of a file, or a word for a folder or a missing file. */
    static String digest(Path file) {
        try {
            if (Files.isRegularFile(file)) return Fingerprint.sha256(file);
            return Files.isDirectory(file) ? "folder" : Facts.MISSING;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns a digest of the app's content, without hidden files, which may hold settings of a machine, and without
     * generated files.
     *
     * @param versioned whether a file is under version control
     */
    String contentDigest(Predicate<String> versioned) {
        Fingerprint fingerprint = new Fingerprint();
        digests.forEach((file, digest) -> {
            if (!file.startsWith(".") && versioned.test(file)) fingerprint.add(file, digest);
        });
        return fingerprint.digest();
    }
}
