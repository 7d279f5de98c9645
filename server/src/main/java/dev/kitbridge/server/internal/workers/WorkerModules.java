package dev.kitbridge.server.internal.workers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JavaScript modules that run in a worker. */
public final class WorkerModules {

    /** The entry module, which imports the others; it exports {@code run(server, client)}. */
    public static final String ENTRY = "workers/worker.mjs";

    /**
     * The client of Java services, in the folder {@code services}; the first module exports {@code connect(options)}.
     */
    public static final List<String> SERVICE_CLIENT =
            List.of("services.mjs", "calls.mjs", "stream.mjs", "values.mjs", "wire.mjs");

    /** The module of {@code event.platform.cache}, in the folder {@code workers}. */
    public static final String PAGE_CACHE = "page-cache.mjs";

    private static final List<String> NAMES = List.of(
            ENTRY,
            "workers/link.mjs",
            "workers/exchange.mjs",
            "workers/cacheable.mjs",
            "workers/head.mjs",
            "workers/loopback.mjs",
            "workers/unverified.mjs",
            "workers/" + PAGE_CACHE,
            "workers/observed.mjs",
            "workers/report.mjs",
            "workers/chunk.mjs",
            "workers/upload.mjs",
            "workers/frame.mjs",
            "workers/trace.mjs");

    private WorkerModules() {}

    /** Returns the source of all modules by name; they import each other by relative paths. */
    public static Map<String, String> read() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(NAMES);
        for (String module : SERVICE_CLIENT) names.add("services/" + module);
        for (String name : names) {
            try (@Nullable
                    InputStream in =
                            WorkerModules.class.getResourceAsStream("/dev/kitbridge/server/internal/" + name)) {
                if (in == null) throw new IOException("kitbridge-server contains no " + name);
                texts.put(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    /** Writes all modules below a folder. */
    public static void write(Path folder) throws IOException {
        for (Map.Entry<String, String> module : read().entrySet()) {
            Path file = folder.resolve(module.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, module.getValue());
        }
    }
}
