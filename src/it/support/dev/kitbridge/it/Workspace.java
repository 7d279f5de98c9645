package dev.kitbridge.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An npm workspace of apps that were copied into subfolders: one lock file and one {@code node_modules}. */
public final class Workspace {

    private static final JsonMapper JSON = new JsonMapper();

    private Workspace() {}

    /** Creates a workspace of apps with the same packages. */
    public static void create(Object root, String... apps) {
        try {
            Path folder = App.path(root);
            ObjectNode top = JSON.createObjectNode();
            top.put("name", "apps").put("private", true).set("workspaces", JSON.valueToTree(apps));
            Files.writeString(folder.resolve("package.json"), JSON.writeValueAsString(top));
            ObjectNode lock = null;
            for (String app : apps) {
                String name = app.replace('/', '-');
                Path json = folder.resolve(app).resolve("package.json");
                ObjectNode renamed = read(json).put("name", name);
                Files.writeString(json, JSON.writeValueAsString(renamed));
                // missing if another version of SvelteKit is tested
                Path own = json.resolveSibling("package-lock.json");
                if (Files.exists(own)) {
                    if (lock == null) lock = read(own);
                    Files.delete(own);
                }
                if (lock == null) continue;
                ObjectNode packages = (ObjectNode) lock.get("packages");
                packages.set(app, renamed);
                packages.putObject("node_modules/" + name).put("resolved", app).put("link", true);
            }
            if (lock == null) return;
            ((ObjectNode) lock.get("packages")).set("", top);
            Files.writeString(folder.resolve("package-lock.json"), JSON.writeValueAsString(lock));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode read(Path file) throws IOException {
        return (ObjectNode) JSON.readTree(Files.readString(file));
    }
}
