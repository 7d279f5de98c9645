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
 * The platforms that a package supports: {@code os}, {@code cpu} and {@code libc} of its package.json. A value such as
 * {@code !win32} excludes a platform.
 *
 * @param os names of operating systems in Node's notation, {@code win32} for example
 * @param cpu names of architectures in Node's notation
 * @param libc names of C libraries
 */
record PlatformRules(List<String> os, List<String> cpu, List<String> libc) {

    static PlatformRules read(Path directory) throws IOException {
        JsonNode json = App.read(directory.resolve("package.json"));
        List<String> libc = values(json.path("libc"));
        // some packages declare it in their name only
        if (libc.isEmpty() && json.path("name").asString("").contains("musl")) libc = List.of("musl");
        return new PlatformRules(values(json.path("os")), values(json.path("cpu")), libc);
    }

    private static List<String> values(JsonNode node) {
        List<String> values = new ArrayList<>();
        if (node.isString()) values.add(node.asString());
        for (JsonNode value : node) values.add(value.asString(""));
        return values;
    }

    /** @param platforms the target's platforms; every package fits if they are empty, which means unknown */
    boolean fitsOneOf(Collection<TargetPlatform> platforms) {
        return platforms.isEmpty() || platforms.stream().anyMatch(this::fits);
    }

    private boolean fits(TargetPlatform platform) {
        return accepts(os, platform.os().equals("win") ? "win32" : platform.os())
                && accepts(cpu, platform.arch())
                // the runtimes that adapters fetch require glibc
                && (!platform.os().equals("linux") || accepts(libc, "glibc"));
    }

    private static boolean accepts(List<String> rules, String value) {
        if (rules.contains("!" + value)) return false;
        return rules.contains(value) || rules.contains("any") || rules.stream().allMatch(rule -> rule.startsWith("!"));
    }
}
