package dev.kitbridge.maven.builder;

import dev.kitbridge.maven.json.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Keeps a source map's relative paths right when it moves to another folder, as kit 3 does when it copies. */
final class SourceMaps {

    /** As {@code JSON.stringify} writes control characters: in lower case. */
    private static final ObjectWriter WRITER = Json.MAPPER.writer().without(JsonWriteFeature.WRITE_HEX_UPPER_CASE);

    private SourceMaps() {}

    /** The map as it has to read in its new folder; the text itself where nothing changes or it is no source map. */
    static String rebase(String text, Path from, Path to) {
        if (from.normalize().equals(to.normalize())) return text;
        JsonNode map;
        try {
            map = Json.MAPPER.readTree(text);
        } catch (JacksonException e) {
            return text;
        }
        if (map.path("version").asInt(0) != 3 || !rebase((ObjectNode) map, from, to)) return text;
        return WRITER.writeValueAsString(map) + (text.endsWith("\n") ? "\n" : "");
    }

    /** @return whether anything changed */
    private static boolean rebase(ObjectNode map, Path from, Path to) {
        boolean changed = false;
        String root = map.path("sourceRoot").asString("");
        if (!root.isEmpty()) {
            String moved = move(root, from, to);
            if (root.endsWith("/") && !moved.isEmpty() && !moved.endsWith("/")) moved += "/";
            if (moved.isEmpty()) moved = "./";
            changed = !moved.equals(root);
            map.put("sourceRoot", moved);
        } else if (map.path("sources") instanceof ArrayNode sources) {
            for (int i = 0; i < sources.size(); i++) {
                if (!(sources.get(i) instanceof StringNode source)) continue;
                String moved = move(source.stringValue(), from, to);
                if (moved.isEmpty()) moved = ".";
                changed |= !moved.equals(source.stringValue());
                sources.set(i, moved);
            }
        }
        for (JsonNode section : map.path("sections")) {
            if (section.path("map") instanceof ObjectNode inner) changed |= rebase(inner, from, to);
        }
        return changed;
    }

    private static String move(String path, Path from, Path to) {
        if (path.startsWith("/") || path.startsWith("\\") || path.matches("[A-Za-z]:.*") || isUrl(path)) return path;
        return to.toAbsolutePath()
                .normalize()
                .relativize(from.toAbsolutePath().resolve(path).normalize())
                .toString()
                .replace('\\', '/');
    }

    private static boolean isUrl(String path) {
        try {
            return new URI(path).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
