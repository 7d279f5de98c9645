package dev.kitbridge.adapters.jvm.run.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class UnpackingTest {

    private static final String PROGRAM = "#!/bin/sh\necho a program\n";

    @TempDir
    Path temp;

    private Path jar;
    private Path cache;

    @BeforeEach
    void jar() throws Exception {
        jar = temp.resolve("jar");
        cache = temp.resolve("caches/kitbridge");
        write("app/site.bin", "{}");
        write("app/server/index.js", "export {};\n");
        write("app/node_modules/tool/bin/tool", PROGRAM);
        write("app/client/a.txt", "first");
        write("app/client/b.txt", "");
        write("app/prerendered/c.html", "<p>third</p>");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(PROGRAM.getBytes(StandardCharsets.UTF_8));
        }
        Path program = jar.resolve("runtime/linux-x64/node.gz");
        Files.createDirectories(program.getParent());
        Files.write(program, packed.toByteArray());
        write(
                "META-INF/kitbridge/files",
                "named-by-content\n"
                        + line("app/site.bin", "-", "{}")
                        + line("app/server/index.js", "-", "export {};\n")
                        + line("app/node_modules/tool/bin/tool", "e", PROGRAM)
                        + line("app/client/a.txt", "p", "first")
                        + line("app/client/b.txt", "p", "")
                        + line("app/prerendered/c.html", "p", "<p>third</p>")
                        + line("runtime/linux-x64/node", "x", PROGRAM));
    }

    private void write(String name, String content) throws IOException {
        Path file = jar.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static String line(String name, String kind, String content) throws Exception {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        return digest + " " + kind + " " + bytes.length + " " + name + "\n";
    }

    private Unpacked unpack(String platform) throws IOException {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            return new Unpacking(loader, cache).unpack(platform);
        }
    }

    @Test
    void filesLieInAFolderThatIsNamedByTheirContent() throws Exception {
        Unpacked unpacked = unpack("linux-x64");
        assertThat(unpacked.app()).isEqualTo(cache.resolve("named-by-content/app"));
        assertThat(unpacked.app().resolve("server/index.js")).hasContent("export {};\n");
        assertThat(unpacked.runtime()).hasContent(PROGRAM);
        assertThat(Files.isExecutable(unpacked.runtime())).isTrue();
    }

    @Test
    void whatIsServedLiesInOneFile() throws Exception {
        Path app = unpack("linux-x64").app();
        assertThat(app.resolve("site.pack")).hasContent("first<p>third</p>");
        assertThat(app.resolve("client")).doesNotExist();
        assertThat(app.resolve("prerendered")).doesNotExist();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void programsOfPackagesMayBeExecuted() throws Exception {
        Path app = unpack("linux-x64").app();
        assertThat(app.resolve("node_modules/tool/bin/tool"))
                .hasContent(PROGRAM)
                .isExecutable();
        assertThat(Files.isExecutable(app.resolve("server/index.js"))).isFalse();
    }

    @Test
    void aRuntimeForAnotherPlatformIsNotUnpacked() throws Exception {
        assertThat(unpack("darwin-arm64").runtime()).isNull();
        try (Stream<Path> files = Files.walk(cache)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith("node"));
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theFolderIsThisUsersAlone() throws Exception {
        unpack("linux-x64");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
                .isEqualTo("rwx------");
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> unpack("linux-x64"))
                .isInstanceOf(IOException.class)
                .hasMessage("others may write to it; expected a folder that is this user's alone");
    }

    @Test
    void whatIsThereAndWholeIsLeftAsItIs() throws Exception {
        Path file = unpack("linux-x64").app().resolve("server/index.js");
        Object before = Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class)
                .fileKey();
        unpack("linux-x64");
        assertThat(Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class)
                        .fileKey())
                .isEqualTo(before);
    }

    @Test
    void whatWasPlantedIsReplaced() throws Exception {
        Unpacked unpacked = unpack("linux-x64");
        Path file = unpacked.app().resolve("server/index.js");
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, "evil   {};\n"); // of the same length and time
        Files.setLastModifiedTime(file, time);
        Files.delete(unpacked.runtime());
        Files.writeString(unpacked.runtime(), "#!/bin/sh\necho a planted\n");
        Files.delete(unpacked.app().resolve("site.bin"));
        Path pack = unpacked.app().resolve("site.pack");
        FileTime packed = Files.getLastModifiedTime(pack);
        Files.writeString(pack, "first<p>evil!</p>");
        Files.setLastModifiedTime(pack, packed);

        unpack("linux-x64");
        assertThat(file).hasContent("export {};\n");
        assertThat(unpacked.runtime()).hasContent(PROGRAM);
        assertThat(Files.isExecutable(unpacked.runtime())).isTrue();
        assertThat(unpacked.app().resolve("site.bin")).hasContent("{}");
        assertThat(pack).hasContent("first<p>third</p>");
    }

    @Test
    void whatWasPlantedBeforeTheFirstStartIsReplaced() throws Exception {
        Path file = cache.resolve("named-by-content/app/server/index.js");
        unpack("darwin-arm64");
        Files.delete(cache.resolve("named-by-content/.checked"));
        Files.writeString(file, "evil   {};\n");
        assertThat(unpack("linux-x64").app().resolve("server/index.js")).hasContent("export {};\n");
    }

    @Test
    void aDamagedJarLeavesNothingBehind() throws Exception {
        write("app/server/index.js", "damaged {}\n");
        assertThatThrownBy(() -> unpack("linux-x64"))
                .isInstanceOf(IOException.class)
                .hasMessage("app/server/index.js in the jar is damaged");
        try (Stream<Path> files = Files.list(cache.resolve("named-by-content/app/server"))) {
            assertThat(files).isEmpty();
        }
    }
}
