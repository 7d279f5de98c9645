package dev.kitbridge.maven.packages;

import dev.kitbridge.adapter.TargetPlatform;
import dev.kitbridge.maven.app.App;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The platforms that a package is for: {@code os}, {@code cpu} and {@code libc} of its package.json, in which
 * {@code !win32} excludes one.
 *
 * @param os in Node's words, {@code win32} for example
 * @param cpu in Node's words
 * @param libc names of C libraries
 */
record PlatformRules(List<String> os, List<String> cpu, List<String> libc) {

    static PlatformRules read(Path directory) throws IOException {
        JsonNode json = App.read(directory.resolve("package.json"));
        List<String> libc = values(json.path("libc"));
        // not every package says so in another place than its name
        if (libc.isEmpty() && json.path("name").asString("").contains("musl")) libc = List.of("musl");
        return new PlatformRules(values(json.path("os")), values(json.path("cpu")), libc);
    }

    private static List<String> values(JsonNode node) {
        List<String> values = new ArrayList<>();
        if (node.isString()) values.add(node.asString());
        for (JsonNode value : node) values.add(value.asString(""));
        return values;
    }

    /** @param platforms empty: they are not known, and every package fits */
    boolean fitsOneOf(Collection<TargetPlatform> platforms) {
        return platforms.isEmpty() || platforms.stream().anyMatch(this::fits);
    }

    private boolean fits(TargetPlatform platform) {
        return accepts(os, platform.os().equals("win") ? "win32" : platform.os())
                && accepts(cpu, platform.arch())
                // the runtimes that adapters fetch need glibc
                && (!platform.os().equals("linux") || accepts(libc, "glibc"));
    }

    private static boolean accepts(List<String> rules, String value) {
        if (rules.contains("!" + value)) return false;
        return rules.contains(value) || rules.contains("any") || rules.stream().allMatch(rule -> rule.startsWith("!"));
    }
}
