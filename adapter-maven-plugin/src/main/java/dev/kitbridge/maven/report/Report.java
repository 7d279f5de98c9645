package dev.kitbridge.maven.report;

import dev.kitbridge.adapter.Project;
import dev.kitbridge.maven.build.BuildRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The results of a build. It holds nothing that depends on the machine or the time, so that two builds of a commit have
 * equal reports.
 *
 * @param name of the module
 * @param version of the module
 * @param base SvelteKit's {@code paths.base}
 * @param versions by program: {@code SvelteKit}, {@code Vite}, {@code Node}
 * @param paths number of prerendered paths
 * @param routes all routes, in SvelteKit's order
 * @param files the client, with static files
 * @param outputs the outputs of all adapters
 * @param services names of the Java interfaces
 */
public record Report(
        String name,
        String version,
        String base,
        Map<String, String> versions,
        int paths,
        List<ReportedRoute> routes,
        List<ClientFile> files,
        List<AdapterOutput> outputs,
        List<String> services) {

    /**
     * Creates the report of a build.
     *
     * @param versions of further programs
     * @param outputs folders and files that adapters wrote, by the adapter's id
     */
    public static Report of(
            BuildRecord build,
            Project project,
            Map<String, String> versions,
            Map<String, List<Path>> outputs,
            List<String> services)
            throws IOException {
        Path app = project.appDirectory();
        List<Path> written = outputs.values().stream().flatMap(List::stream).toList();
        List<ClientFile> files = ClientFile.list(app.resolve(build.clientDirectory()), written);
        List<AdapterOutput> measured = new ArrayList<>();
        for (Map.Entry<String, List<Path>> adapter : outputs.entrySet()) {
            measured.addAll(AdapterOutput.measure(adapter.getKey(), project, adapter.getValue()));
        }
        Map<String, String> all = new TreeMap<>(versions);
        all.putAll(Map.of("SvelteKit", build.kit(), "Vite", build.vite(), "Node", build.node()));
        return new Report(
                project.artifactId(),
                project.version(),
                build.buildConfig().base(),
                all,
                build.prerendered().paths().size(),
                ReportedRoute.read(build, app.resolve(build.serverDirectory()), files),
                files,
                measured,
                services);
    }

    /** Returns the page that loads the most JavaScript; null if no page loads any. */
    @Nullable
    ReportedRoute largest() {
        ReportedRoute largest = null;
        for (ReportedRoute route : routes) {
            if (script(route) > (largest == null ? 0 : script(largest))) largest = route;
        }
        return largest;
    }

    /** Returns the size of the JavaScript that a route loads, in bytes with gzip. */
    long script(ReportedRoute route) {
        return route.loads().stream()
                .map(files::get)
                .filter(ClientFile::isScript)
                .mapToLong(ClientFile::gzipOrRaw)
                .sum();
    }

    /** Returns the size of all files of the client, in bytes. */
    long client() {
        return files.stream().mapToLong(ClientFile::bytes).sum();
    }
}
