package dev.kitbridge.adapters.npm;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Builder;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files to attach or copy. Those of one folder are named relative to that folder, those of several folders relative
 * to the app.
 *
 * @param files by their names, with forward slashes
 */
record Output(SortedMap<String, Path> files) {

    /** Finds the output: {@code <outputs>}, or what the JavaScript adapter wrote. */
    static Output of(Builder builder, NpmOptions options) throws IOException {
        Path app = builder.project().appDirectory();
        List<Path> places = options.outputs().isEmpty() ? written(builder) : named(app, options.outputs());
        if (places.isEmpty()) {
            throw new AdapterException(options.packageName() + " wrote no files, so that there is nothing to attach or"
                    + " copy; remove <attach> and <copy>, or name existing folders in <outputs>");
        }
        Path base = places.size() == 1 && Files.isDirectory(places.get(0)) ? places.get(0) : app;
        SortedMap<String, Path> files = new TreeMap<>();
        for (Path place : places) {
            // functions of one size are links to one folder in the output for Vercel
            try (Stream<Path> all = Files.walk(place, FileVisitOption.FOLLOW_LINKS)) {
                all.filter(Files::isRegularFile).forEach(file -> files.put(name(base, file), file));
            }
        }
        return new Output(files);
    }

    private static List<Path> named(Path app, List<String> names) {
        return names.stream()
                .map(name -> {
                    Path path = app.resolve(name).normalize();
                    if (Files.exists(path)) return path;
                    throw new AdapterException("<outputs> names " + name + ", which does not exist in " + app
                            + "; expected a folder or file that the adapter writes");
                })
                .toList();
    }

    private static List<Path> written(Builder builder) {
        List<Path> written = builder.javaScriptOutputs();
        // output/server in SvelteKit's own folder
        Path kit = builder.serverDirectory().resolve("../..").normalize();
        List<Path> outside =
                written.stream().filter(path -> !path.startsWith(kit)).toList();
        if (!outside.isEmpty() || written.size() < 2) return outside.isEmpty() ? written : outside;
        Path app = builder.project().appDirectory();
        String names = written.stream().map(path -> name(app, path)).collect(Collectors.joining(", "));
        throw new AdapterException("The adapter wrote " + names + ", and some of these may be intermediate files; name"
                + " what to attach or copy: <outputs>" + name(app, written.get(0)) + "</outputs>");
    }

    /** Returns a path relative to a folder, with forward slashes; the path itself if it is elsewhere. */
    static String name(Path folder, Path path) {
        Path name = path.startsWith(folder) ? folder.relativize(path) : path;
        return name.toString().replace('\\', '/').replaceFirst("^/", "");
    }

    /** Copies the files to the adapter's folder. */
    void copy(Builder builder) throws IOException {
        Path folder = builder.outputDirectory();
        builder.clear(folder);
        for (var file : files.entrySet()) {
            Path copy = folder.resolve(file.getKey());
            Files.createDirectories(copy.resolveSibling(""));
            Files.copy(file.getValue(), copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
        builder.log().success("Copied " + files.size() + " files to " + folder);
    }

    /** Attaches the files as a ZIP archive, whose classifier is the adapter's id. */
    void attach(Builder builder) throws IOException {
        String id = builder.outputDirectory().getFileName().toString();
        Path zip = builder.project().buildDirectory().resolve(builder.project().finalName() + "-" + id + ".zip");
        pack(zip, builder.project().timestamp());
        builder.attachArtifact(zip, "zip", id);
        builder.log().success("Wrote " + zip);
    }

    /** Gives all entries one time stamp, so that equal files result in an equal archive. */
    private void pack(Path zip, @Nullable Instant timestamp) throws IOException {
        Files.createDirectories(zip.resolveSibling(""));
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (var file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                if (timestamp != null) entry.setTimeLocal(LocalDateTime.ofInstant(timestamp, ZoneOffset.UTC));
                out.putNextEntry(entry);
                Files.copy(file.getValue(), out);
            }
        }
    }
}
