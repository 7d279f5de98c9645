package dev.kitbridge.maven.builder;

import dev.kitbridge.maven.json.Jackson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Adapts a source map's relative paths when it is copied to another folder, as kit 3 does. */
final class SourceMaps {

    /** Writes control characters in lower case, as {@code JSON.stringify} does. */
    private static final ObjectWriter WRITER = Jackson.MAPPER.writer().without(JsonWriteFeature.WRITE_HEX_UPPER_CASE);

    /** Text that JavaScript parses as a URL: a scheme, after control characters and spaces, which are ignored. */
    private static final Pattern URL = Pattern.compile("^[\\x00- ]*[A-Za-z][A-Za-z0-9+.-]*:");

    private SourceMaps() {}

    /** Returns the map for its new folder; returns the same text if no path changes or it is no source map. */
    static String rebase(String text, Path from, Path to) {
        if (from.normalize().equals(to.normalize())) return text;
        JsonNode map;
        try {
            map = Jackson.MAPPER.readTree(text);
        } catch (JacksonException e) {
            return text;
        }
        if (map.path("version").asInt(0) != 3 || !rebase((ObjectNode) map, from, to)) return text;
        return WRITER.writeValueAsString(map) + (text.endsWith("\n") ? "\n" : "");
    }

    /** @return whether a path has changed */
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

    /**
     * Moves a path as a text: a source may have a name that is no file path, {@code \\0vite/preload-helper.js} for
     * example.
     */
    private static String move(String path, Path from, Path to) {
        if (path.startsWith("/") || path.startsWith("\\") || URL.matcher(path).find()) return path;
        List<String> source = resolve(parts(from), path);
        List<String> folder = parts(to);
        int common = 0;
        while (common < Math.min(source.size(), folder.size())
                && source.get(common).equals(folder.get(common))) {
            common++;
        }
        List<String> moved = new ArrayList<>(Collections.nCopies(folder.size() - common, ".."));
        moved.addAll(source.subList(common, source.size()));
        return String.join("/", moved);
    }

    private static List<String> resolve(List<String> folder, String path) {
        List<String> resolved = new ArrayList<>(folder);
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".")) continue;
            if (!part.equals("..")) resolved.add(part);
            else if (!resolved.isEmpty()) resolved.remove(resolved.size() - 1);
        }
        return resolved;
    }

    private static List<String> parts(Path folder) {
        List<String> parts = new ArrayList<>();
        for (Path part : folder.toAbsolutePath().normalize()) parts.add(part.toString());
        return parts;
    }
}
