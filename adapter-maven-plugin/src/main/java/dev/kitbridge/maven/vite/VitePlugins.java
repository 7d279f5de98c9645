package dev.kitbridge.maven.vite;

import dev.kitbridge.adapter.ViteModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The Vite plugins of adapters, put where the app's own packages are found. */
final class VitePlugins {

    private VitePlugins() {}

    /** Writes the modules; what the bridge is to load of them, before and after kit's own. */
    static Map<String, Object> write(List<Contribution> contributions, Path scratch) throws IOException {
        List<Map<String, Object>> pre = new ArrayList<>();
        List<Map<String, Object>> post = new ArrayList<>();
        for (Contribution adapter : contributions) {
            Path folder = scratch.resolve("vite").resolve(adapter.id());
            write(folder, adapter.vite().pre(), pre);
            write(folder, adapter.vite().post(), post);
        }
        return Map.of("pre", pre, "post", post);
    }

    private static void write(Path folder, List<ViteModule> modules, List<Map<String, Object>> to) throws IOException {
        for (ViteModule module : modules) {
            Files.createDirectories(folder);
            Path file = folder.resolve(module.name());
            Files.writeString(file, module.source());
            to.add(Map.of("path", file.toString(), "options", module.options()));
        }
    }
}
