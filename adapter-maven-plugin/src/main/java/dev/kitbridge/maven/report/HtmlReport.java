package dev.kitbridge.maven.report;

import dev.kitbridge.maven.json.Jackson;
import dev.kitbridge.maven.node.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a report as one self-contained HTML file. */
public final class HtmlReport {

    private HtmlReport() {}

    /**
     * Writes the file.
     *
     * @param steps duration of each step, the only part that differs between two builds of a commit
     */
    public static void write(Path file, Report report, Map<String, Duration> steps) throws IOException {
        Map<String, Long> millis = new LinkedHashMap<>();
        steps.forEach((step, time) -> millis.put(step, time.toMillis()));
        String page = new String(new Script(HtmlReport.class, "report.html").bytes(), StandardCharsets.UTF_8)
                .replace("%NAME%", html(report.name() + " " + report.version()))
                .replace("%REPORT%", script(Jackson.sorted(report)))
                .replace("%STEPS%", script(Jackson.MAPPER.writeValueAsString(millis)));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, page);
    }

    /** Escapes {@code </script>}, which a name in the app may contain. */
    private static String script(String json) {
        return json.replace("<", "\\u003c");
    }

    private static String html(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
