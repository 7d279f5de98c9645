package dev.kitbridge.maven.node;

import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.adapter.TargetPlatform;
import dev.kitbridge.maven.failure.UserFailure;
import java.util.Set;

/**
 * The npm package with a JavaScript runtime for a platform.
 *
 * @param runtime the runtime
 * @param platform the platform
 * @param npmPackage the npm package that holds it
 * @param executable the file name of the executable
 */
record Binary(JavaScriptRuntime runtime, TargetPlatform platform, String npmPackage, String executable) {

    private static final Set<String> OF_BUN =
            Set.of("linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win-x64", "win-arm64");

    /**
     * Returns the package of a runtime for a platform.
     *
     * @throws UserFailure if the runtime is not published for that platform
     */
    static Binary of(JavaScriptRuntime runtime, TargetPlatform platform) {
        return switch (runtime) {
            case NODE -> node(platform);
            case BUN -> bun(platform);
        };
    }

    /** The npm package {@code node} selects the same package. */
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
        // the default build requires a processor with AVX2, which an old server may not have
        String variant = platform.toString().equals("linux-x64") ? "-baseline" : "";
        return new Binary(
                JavaScriptRuntime.BUN, platform, "@oven/bun-" + os + "-" + arch + variant, file("bun", platform));
    }

    private static String file(String name, TargetPlatform platform) {
        return platform.os().equals("win") ? name + ".exe" : name;
    }

    /** Returns the path of the executable in the package. */
    String entry() {
        return "package/bin/" + executable;
    }

    /** Returns the runtime's name in messages. */
    String name() {
        return runtime == JavaScriptRuntime.NODE ? "Node" : "Bun";
    }
}
