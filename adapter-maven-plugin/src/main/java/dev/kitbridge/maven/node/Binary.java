package dev.kitbridge.maven.node;

import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.adapter.TargetPlatform;
import dev.kitbridge.maven.failure.UserFailure;
import java.util.Set;

/**
 * Where the npm registry has a JavaScript runtime for a platform.
 *
 * @param runtime which
 * @param platform for which
 * @param npmPackage the npm package that holds it
 * @param executable its file name
 */
record Binary(JavaScriptRuntime runtime, TargetPlatform platform, String npmPackage, String executable) {

    private static final Set<String> OF_BUN =
            Set.of("linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win-x64", "win-arm64");

    /**
     * The package of a runtime for a platform.
     *
     * @throws UserFailure if it is not made for that platform
     */
    static Binary of(JavaScriptRuntime runtime, TargetPlatform platform) {
        return switch (runtime) {
            case NODE -> node(platform);
            case BUN -> bun(platform);
        };
    }

    /** The npm package {@code node} picks the same one. */
    static Binary node(TargetPlatform platform) {
        String prefix = platform.toString().equals("darwin-arm64") ? "node-bin-" : "node-";
        return new Binary(JavaScriptRuntime.NODE, platform, prefix + platform, file("node", platform));
    }

    private static Binary bun(TargetPlatform platform) {
        if (!OF_BUN.contains(platform.toString())) {
            throw new UserFailure("There is no Bun for " + platform + "; it is made for "
                    + String.join(", ", OF_BUN.stream().sorted().toList()));
        }
        String os = platform.os().equals("win") ? "windows" : platform.os();
        String arch = platform.arch().equals("arm64") ? "aarch64" : platform.arch();
        // servers may be old: without it, a processor with AVX2 is asked for
        String variant = platform.toString().equals("linux-x64") ? "-baseline" : "";
        return new Binary(
                JavaScriptRuntime.BUN, platform, "@oven/bun-" + os + "-" + arch + variant, file("bun", platform));
    }

    private static String file(String name, TargetPlatform platform) {
        return platform.os().equals("win") ? name + ".exe" : name;
    }

    /** Where it is in that package. */
    String entry() {
        return "package/bin/" + executable;
    }

    /** What users call it. */
    String name() {
        return runtime == JavaScriptRuntime.NODE ? "Node" : "Bun";
    }
}
