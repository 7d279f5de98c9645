package dev.kitbridge.maven.report;

import dev.kitbridge.adapter.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * An output of an adapter: a folder or a file.
 *
 * @param adapter the adapter's id
 * @param path relative to the module's folder
 * @param files number of files
 * @param bytes size of all files
 * @param parts its largest folders, or those of an archive with their compressed sizes; the largest first
 */
public record AdapterOutput(String adapter, String path, long files, long bytes, List<Part> parts) {

    private static final int MOST_PARTS = 6;

    /** A folder of an output. */
    public record Part(String name, long bytes) {}

    /**
     * Measures the outputs of an adapter: folders, then files. Several outputs in one folder, such as a site among a
     * jar's resources, count as one. Intermediate files do not count.
     */
    static List<AdapterOutput> measure(String adapter, Project project, List<Path> paths) throws IOException {
        Path base = project.baseDirectory();
        Path target = project.buildDirectory();
        Map<Path, List<Path>> folders = new TreeMap<>();
        List<AdapterOutput> outputs = new ArrayList<>();
        for (Path path : paths) {
            if (path.startsWith(target.resolve("kitbridge")) || !Files.exists(path)) continue;
            Path parent = path.resolveSibling("");
            boolean own = parent.equals(target) || parent.equals(target.resolve("adapters"));
            if (Files.isDirectory(path) || !own) {
                folders.computeIfAbsent(own ? path : parent, folder -> new ArrayList<>())
                        .add(path);
            } else {
                outputs.add(new AdapterOutput(adapter, shown(base, path), 1, Files.size(path), parts(path)));
            }
        }
        List<AdapterOutput> all = new ArrayList<>();
        for (Map.Entry<Path, List<Path>> entry : folders.entrySet()) {
            List<Path> several = entry.getValue();
            Path folder = several.size() == 1 ? several.get(0) : entry.getKey();
            all.add(folder(adapter, base, folder, several));
        }
        all.addAll(outputs);
        return all.stream().filter(output -> output.files() > 0).toList();
    }

    private static AdapterOutput folder(String adapter, Path base, Path folder, List<Path> roots) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path root : roots) {
            try (Stream<Path> walk = Files.walk(root)) {
                walk.filter(Files::isRegularFile).forEach(files::add);
            }
        }
        Map<String, Long> parts = new TreeMap<>();
        long all = 0;
        for (Path file : files) {
            long bytes = Files.size(file);
            all += bytes;
            Path name = folder.relativize(file);
            parts.merge(name.getNameCount() == 1 ? "" : name.getName(0).toString(), bytes, Long::sum);
        }
        return new AdapterOutput(adapter, shown(base, folder), files.size(), all, largest(parts));
    }

    private static List<Part> parts(Path archive) throws IOException {
        Map<String, Long> parts = new TreeMap<>();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                parts.merge(part(entry.getName()), entry.getCompressedSize(), Long::sum);
            }
        } catch (ZipException e) {
            // the file is no archive
            return List.of();
        }
        return largest(parts);
    }

    /** Groups Java packages, whose names carry little information. */
    private static String part(String entry) {
        if (entry.endsWith(".class")) return "classes";
        int slash = entry.indexOf('/');
        return slash < 0 ? "" : entry.substring(0, slash);
    }

    private static List<Part> largest(Map<String, Long> parts) {
        return parts.entrySet().stream()
                .filter(part -> !part.getKey().isEmpty())
                .map(part -> new Part(part.getKey(), part.getValue()))
                .sorted(Comparator.comparingLong(Part::bytes).reversed().thenComparing(Part::name))
                .limit(MOST_PARTS)
                .toList();
    }

    private static String shown(Path base, Path path) {
        return (path.startsWith(base) ? base.relativize(path) : path).toString().replace('\\', '/');
    }
}
