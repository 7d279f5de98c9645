package dev.kitbridge.maven.report;

import dev.kitbridge.maven.build.PageCacheRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The summary of a build in the log: the outputs with their sizes. */
public final class Summary {

    private Summary() {}

    /** Returns a line for the app and a line for each output. */
    public static List<String> lines(Report report) {
        List<String> lines = new ArrayList<>();
        long pages = report.routes().stream()
                .filter(route -> !route.page().isEmpty())
                .count();
        lines.add(report.name() + " " + report.version() + ": "
                + counted(report.routes().size(), "route") + " ("
                + counted(pages, "page") + "), " + counted(report.paths(), "prerendered path") + ", "
                + counted(report.files().size(), "client file") + " of " + size(report.client()));
        ReportedRoute largest = report.largest();
        if (largest != null) {
            lines.add("  Most JavaScript: " + size(report.script(largest)) + " (gzip) for " + largest.id());
        }
        List<String> rules = report.routes().stream()
                .filter(route -> PageCacheRule.isIn(route.config()))
                .map(ReportedRoute::id)
                .toList();
        if (!rules.isEmpty()) {
            String more = rules.size() > 5 ? " and " + (rules.size() - 5) + " more" : "";
            lines.add("  Rules of the page cache: " + String.join(", ", rules.subList(0, Math.min(5, rules.size())))
                    + more);
        }
        for (AdapterOutput output : report.outputs()) {
            String parts = output.parts().stream()
                    .limit(3)
                    .map(part -> part.name() + " " + size(part.bytes()))
                    .collect(Collectors.joining(", "));
            lines.add("  " + output.adapter() + ": " + output.path() + ", "
                    + (output.files() == 1 ? "" : counted(output.files(), "file") + ", ") + size(output.bytes())
                    + (parts.isEmpty() || output.files() > 1 ? "" : " (" + parts + ")"));
        }
        return lines;
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** Formats a size in decimal units, as Vite does. */
    static String size(long bytes) {
        if (bytes < 1000) return bytes + " B";
        if (bytes < 1_000_000) return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
