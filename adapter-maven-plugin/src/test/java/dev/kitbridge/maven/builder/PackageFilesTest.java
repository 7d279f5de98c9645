package dev.kitbridge.maven.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.adapter.TargetPlatform;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PackageFilesTest {

    @TempDir
    Path directory;

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void write(String name, byte[] bytes) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private static JavaScriptRuntime.Target target(JavaScriptRuntime runtime, String... platforms) {
        return new JavaScriptRuntime.Target(
                runtime, Stream.of(platforms).map(TargetPlatform::valueOf).toList());
    }

    private List<String> files(JavaScriptRuntime.@Nullable Target target, String... packages) throws IOException {
        Map<String, Path> places =
                Stream.of(packages).collect(Collectors.toMap(name -> "node_modules/" + name, name -> directory));
        return PackageFiles.of(places, target).of(directory);
    }

    @Test
    void filesThatAreNeverReadAreNotCopied() throws IOException {
        for (String name : List.of(
                "package.json",
                "LICENSE.md",
                "license-mit.markdown",
                "README.md",
                "lib/help.md",
                "lib/index.js",
                "lib/index.js.map",
                "lib/index.d.ts",
                "lib/index.d.mts",
                "lib/style.css.map",
                "lib/world.map",
                "src/index.ts",
                "src/binding.cc",
                "test/index.js",
                "lib/test/index.js",
                ".github/workflow.yml")) {
            write(name, "{}");
        }
        write("package.json", "{\"scripts\":{\"test\":\"node test.js\"},\"keywords\":[\"test\"]}");
        assertThat(files(target(JavaScriptRuntime.NODE)))
                .containsExactly(
                        "LICENSE.md",
                        "lib/help.md",
                        "lib/index.js",
                        "lib/test/index.js",
                        "lib/world.map",
                        "license-mit.markdown",
                        "package.json");
        // Bun loads TypeScript from packages
        assertThat(files(target(JavaScriptRuntime.BUN)))
                .contains("src/index.ts")
                .doesNotContain("lib/index.d.ts");
        // a compiler reads declarations
        assertThat(files(target(JavaScriptRuntime.NODE), "typescript")).contains("lib/index.d.ts", "src/index.ts");
        assertThat(files(null)).hasSize(16);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void linksThatLeadNowhereAreNotCopied() throws IOException {
        write("index.js", "");
        write("lib/index.js", "");
        Files.createSymbolicLink(directory.resolve("add-on.node"), Path.of("nowhere.node"));
        Files.createSymbolicLink(directory.resolve("lib/latest"), Path.of("../nowhere"));
        Files.createSymbolicLink(directory.resolve("lib/again.js"), Path.of("index.js"));
        assertThat(files(target(JavaScriptRuntime.NODE))).containsExactly("index.js", "lib/again.js", "lib/index.js");
        assertThat(files(null)).containsExactly("index.js", "lib/again.js", "lib/index.js");
    }

    /** A package of a workspace may have an example that depends on the package itself. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void linksToAFolderAboveAreNotFollowed() throws IOException {
        write("index.js", "");
        write("lib/deep/index.js", "");
        write("shared/index.js", "");
        Files.createDirectories(directory.resolve("demo/node_modules"));
        Files.createSymbolicLink(directory.resolve("demo/node_modules/own"), Path.of("../.."));
        Files.createSymbolicLink(directory.resolve("lib/deep/self"), Path.of("."));
        Files.createSymbolicLink(directory.resolve("lib/deep/shared"), Path.of("../../shared"));
        List<String> expected = List.of("index.js", "lib/deep/index.js", "lib/deep/shared/index.js", "shared/index.js");
        assertThat(files(target(JavaScriptRuntime.NODE))).isEqualTo(expected);
        assertThat(files(null)).isEqualTo(expected);
    }

    @Test
    void aFolderThatThePackageNamesStays() throws IOException {
        write("package.json", "{\"main\":\"lib/index.js\"}");
        write("test/tides.json", "{}");
        write("lib/index.js", "module.exports = require('../test/tides.json');");
        write("coverage/tides.json", "{}");
        write("lib/other.js", "read(join(__dirname, '..', 'coverage', 'tides.json'));");
        assertThat(files(target(JavaScriptRuntime.NODE))).contains("test/tides.json", "coverage/tides.json");
    }

    /** A folder that others import without {@code exports}, as {@code three/examples/jsm} was. */
    @Test
    void examplesThatOthersCanImportStay() throws IOException {
        write("package.json", "{}");
        write("examples/controls.js", "");
        assertThat(files(target(JavaScriptRuntime.NODE))).contains("examples/controls.js");
        write("package.json", "{\"exports\":{\".\":\"./index.js\",\"./addons/*\":\"./examples/*\"}}");
        assertThat(files(target(JavaScriptRuntime.NODE))).contains("examples/controls.js");
        write("package.json", "{\"exports\":{\".\":\"./index.js\"}}");
        assertThat(files(target(JavaScriptRuntime.NODE))).doesNotContain("examples/controls.js");
    }

    private static byte[] elf(int machine) {
        return head(0x7f454c46).putShort(18, (short) machine).array();
    }

    private static byte[] machO(int machine) {
        return head(0xcffaedfe).putInt(4, machine).array();
    }

    private static byte[] pe(int machine) {
        ByteBuffer head = head(0x4d5a0000).putInt(0x3c, 0x80);
        return head.putShort(0x84, (short) machine).array();
    }

    private static ByteBuffer head(int magic) {
        return ByteBuffer.allocate(256).putInt(0, magic).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void nativeBinariesAreThoseOfTheTarget() throws IOException {
        write("prebuilds/linux-x64/a.node", elf(0x3e));
        write("prebuilds/linux-arm64/a.node", elf(0xb7));
        write("prebuilds/linux-arm/a.node", elf(0x28));
        write("prebuilds/darwin-arm64/a.node", machO(0x0100000c));
        write("prebuilds/darwin-x64+arm64/a.node", head(0xcafebabe).array());
        write("prebuilds/win32-x64/a.node", pe(0x8664));
        write("lib/libvips.so.42.1", elf(0x3e));
        write("lib/data.node", "no binary");
        assertThat(files(target(JavaScriptRuntime.NODE, "linux-x64")))
                .containsExactly("lib/data.node", "lib/libvips.so.42.1", "prebuilds/linux-x64/a.node");
        assertThat(files(target(JavaScriptRuntime.NODE, "darwin-arm64", "win-x64")))
                .containsExactly(
                        "lib/data.node",
                        "prebuilds/darwin-arm64/a.node",
                        "prebuilds/darwin-x64+arm64/a.node",
                        "prebuilds/win32-x64/a.node");
        assertThat(files(target(JavaScriptRuntime.NODE))).hasSize(8);
    }
}
