package dev.kitbridge.maven.vite;

import dev.kitbridge.adapter.ViteConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the Vite plugins of adapters to the app's scratch folder, so that their imports resolve to the app's packages.
 */
public final class VitePlugins {

    private VitePlugins() {}

    /**
     * Writes the modules and returns their paths for the bridge: plugins that run before and after kit's own, and
     * functions that replace kit's. If several adapters replace a function, the first one wins.
     */
    public static Map<String, Object> write(List<Contribution> contributions, Path scratch) throws IOException {
        List<Map<String, Object>> pre = new ArrayList<>();
        List<Map<String, Object>> post = new ArrayList<>();
        List<Map<String, Object>> getRequest = new ArrayList<>();
        List<Map<String, Object>> setResponse = new ArrayList<>();
        for (Contribution adapter : contributions) {
            write(adapter, adapter.vite().pre(), scratch, pre);
            write(adapter, adapter.vite().post(), scratch, post);
            write(adapter, one(adapter.vite().getRequest()), scratch, getRequest);
            write(adapter, one(adapter.vite().setResponse()), scratch, setResponse);
        }
        Map<String, Object> written = new LinkedHashMap<>(Map.of("pre", pre, "post", post));
        if (!getRequest.isEmpty()) written.put("getRequest", getRequest.get(0));
        if (!setResponse.isEmpty()) written.put("setResponse", setResponse.get(0));
        return written;
    }

    private static List<ViteConfig.Module> one(ViteConfig.@Nullable Module module) {
        return module == null ? List.of() : List.of(module);
    }

    private static void write(
            Contribution adapter, List<ViteConfig.Module> modules, Path scratch, List<Map<String, Object>> to)
            throws IOException {
        Path folder = scratch.resolve("vite").resolve(adapter.id());
        for (ViteConfig.Module module : modules) {
            Files.createDirectories(folder);
            Path file = folder.resolve(module.name());
            Files.writeString(file, module.source());
            to.add(Map.of("adapter", adapter.id(), "path", file.toString(), "options", module.options()));
        }
    }
}
