package dev.kitbridge.adapters.jvm.build;

import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.JavaScriptRuntime;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The npm packages of the app: those bundled into the server, and those copied beside it.
 *
 * @param builder of the build
 * @param options of the adapter
 */
record ServerPackages(Builder builder, JvmOptions options) {

    private static final String REPORT = "kitbridge-packages-";

    /** Limit of logged names of bundled packages. */
    private static final int SHOWN = 5;

    /**
     * Returns the file in the server's output in which {@code worker-entry.mjs} lists the packages for these options.
     */
    static String report(JvmOptions options) {
        int hash = List.of(
                        options.external(), options.bundle(), options.runtime().name())
                .hashCode();
        return REPORT + Integer.toHexString(hash) + ".txt";
    }

    /** Copies packages, and logs which ones the jar contains. */
    void write(Path app) throws IOException {
        Path server = app.resolve("server");
        List<String> report = Files.readAllLines(server.resolve(report(options)));
        try (DirectoryStream<Path> reports = Files.newDirectoryStream(server, REPORT + "*")) {
            for (Path file : reports) Files.delete(file);
        }
        List<String> bundled = names(report, "bundled ");
        if (!bundled.isEmpty()) {
            builder.log().info("Bundled: " + count(bundled.size()) + " (" + String.join(", ", first(bundled)) + ")");
        }
        List<String> copied = names(report, "copied ");
        if (copied.isEmpty()) return;
        JavaScriptRuntime.Target target = new JavaScriptRuntime.Target(options.runtime(), options.runtimePlatforms());
        log(app, builder.writePackages(app, copied, target));
    }

    private void log(Path app, List<String> files) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        for (String file : files) {
            sizes.merge(owner(file), Files.size(app.resolve(file)), Long::sum);
        }
        long total = sizes.values().stream().mapToLong(Long::longValue).sum();
        String largest = sizes.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(3)
                .map(entry -> entry.getKey() + " " + megabytes(entry.getValue()))
                .collect(Collectors.joining(", "));
        builder.log()
                .info("Copied: " + count(sizes.size()) + ", " + files.size() + " files, " + megabytes(total)
                        + "; the largest: " + largest);
    }

    /** Returns {@code @scope/name} for {@code node_modules/a/node_modules/@scope/name/index.js}. */
    private static String owner(String file) {
        String name = file.substring(file.lastIndexOf("node_modules/") + "node_modules/".length());
        int end = name.indexOf('/', name.startsWith("@") ? name.indexOf('/') + 1 : 0);
        return end < 0 ? name : name.substring(0, end);
    }

    private static List<String> names(List<String> report, String kind) {
        return report.stream()
                .filter(line -> line.startsWith(kind))
                .map(line -> line.substring(kind.length()))
                .toList();
    }

    private static List<String> first(List<String> names) {
        if (names.size() <= SHOWN) return names;
        List<String> first = new ArrayList<>(names.subList(0, SHOWN));
        first.add("and " + (names.size() - SHOWN) + " more");
        return first;
    }

    private static String count(int packages) {
        return packages + (packages == 1 ? " package" : " packages");
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
