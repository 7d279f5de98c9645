package dev.kitbridge.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Builds a workspace's apps with their own {@code vite build} and the adapters in their configuration, for comparison
 * with Kitbridge's output.
 */
public final class OfficialBuild {

    private static final long MINUTES = 5;

    private OfficialBuild() {}

    /** Builds apps of a workspace with installed packages, one on each core at a time. */
    public static void run(Object workspace, Collection<String> apps) throws IOException, InterruptedException {
        run(workspace, apps, Map.of());
    }

    /** Builds apps as above, with environment variables. */
    public static void run(Object workspace, Collection<String> apps, Map<String, String> variables)
            throws IOException, InterruptedException {
        Map<String, String> failures = failures(workspace, apps, variables);
        if (!failures.isEmpty()) throw new IOException("Official builds failed: " + failures);
    }

    /**
     * Builds apps as above.
     *
     * @return the message by app, of those that failed
     */
    static Map<String, String> failures(Object workspace, Collection<String> apps, Map<String, String> variables)
            throws IOException, InterruptedException {
        Path root = App.path(workspace);
        Path node = Node.program();
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            Map<String, Future<?>> builds = new LinkedHashMap<>();
            for (String app : apps) {
                builds.put(app, threads.submit(() -> {
                    build(node, root, root.resolve(app), variables);
                    return null;
                }));
            }
            Map<String, String> failures = new LinkedHashMap<>();
            for (Map.Entry<String, Future<?>> build : builds.entrySet()) {
                try {
                    build.getValue().get();
                } catch (ExecutionException e) {
                    failures.put(build.getKey(), String.valueOf(e.getCause().getMessage()));
                }
            }
            return failures;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void build(Path node, Path root, Path app, Map<String, String> variables)
            throws IOException, InterruptedException {
        Path log = root.resolve(app.getFileName() + ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        node.toString(),
                        root.resolve("node_modules/vite/bin/vite.js").toString(),
                        "build")
                .directory(app.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(variables);
        builder.environment()
                .merge("PATH", node.getParent().toString(), (path, own) -> own + File.pathSeparator + path);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            if (!ended || process.exitValue() != 0) {
                throw new IOException(
                        "vite build in " + app + (ended ? " failed:\n" : " did not end:\n") + Files.readString(log));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
