package dev.kitbridge.server.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class UnpackingTest {

    private static final String PROGRAM = "#!/bin/sh\necho a program\n";

    @TempDir
    Path temp;

    private final List<URLClassLoader> loaders = Collections.synchronizedList(new ArrayList<>());

    private Path jar;
    private Path cache;

    @BeforeEach
    void jar() throws Exception {
        jar = temp.resolve("jar");
        cache = temp.resolve("caches/kitbridge");
        write("META-INF/kitbridge/app/site.bin", "{}");
        write("META-INF/kitbridge/app/server/index.js", "export {};\n");
        write("META-INF/kitbridge/app/node_modules/tool/bin/tool", PROGRAM);
        write("META-INF/kitbridge/app/client/a.txt", "first");
        write("META-INF/kitbridge/app/client/b.txt", "");
        write("META-INF/kitbridge/app/prerendered/c.html", "<p>third</p>");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(PROGRAM.getBytes(StandardCharsets.UTF_8));
        }
        Path program = jar.resolve("META-INF/kitbridge/runtime/linux-x64/node.gz");
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
        return unpack(platform, cache, FileStatus.SUPPORTED ? User.current() : null);
    }

    private Unpacked unpack(String platform, Path folder, @Nullable User user) throws IOException {
        URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
        loaders.add(loader);
        return new Unpacking(JarIndex.read(loader, platform), folder, user).unpack();
    }

    @AfterEach
    void close() throws IOException {
        for (URLClassLoader loader : loaders) loader.close();
    }

    /** Changes the owner of files, or returns a user who does not own them. */
    private static User foreign(Path tree) throws IOException {
        User self = User.current();
        if (self.id() != 0) return new User(self.id() + 1);
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.setAttribute(file, "unix:uid", 4242, LinkOption.NOFOLLOW_LINKS);
            }
        }
        return self;
    }

    private static Object inode(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
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
    void servedFilesAreUnpackedIntoOneFile() throws Exception {
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
                .hasMessage(
                        "other users may write to it; expected a folder of this user, that no other user can write to");
    }

    @Test
    void undamagedFilesAreNotWrittenAgain() throws Exception {
        Path file = unpack("linux-x64").app().resolve("server/index.js");
        Object before = Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class)
                .fileKey();
        unpack("linux-x64");
        assertThat(Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class)
                        .fileKey())
                .isEqualTo(before);
    }

    @Test
    void foreignFilesAreReplaced() throws Exception {
        Unpacked unpacked = unpack("linux-x64");
        Path file = unpacked.app().resolve("server/index.js");
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, "evil   {};\n"); // with the same length and time
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
    void foreignFilesBeforeTheFirstStartAreReplaced() throws Exception {
        Path file = cache.resolve("named-by-content/app/server/index.js");
        unpack("darwin-arm64");
        Files.delete(cache.resolve("named-by-content/.checked"));
        Files.writeString(file, "evil   {};\n");
        assertThat(unpack("linux-x64").app().resolve("server/index.js")).hasContent("export {};\n");
    }

    /** Another user's program, with a matching stamp. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void anotherUsersFolderIsNotUsed() throws Exception {
        Unpacked unpacked = unpack("linux-x64");
        Files.writeString(unpacked.runtime(), "#!/bin/sh\necho stolen\n");
        User user = foreign(cache);

        assertThatThrownBy(() -> unpack("linux-x64", cache, user))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("it belongs to the user with id \\d+, and this process runs as \\d+;"
                        + " expected a folder of this user, that no other user can write to");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void anotherUsersFilesAndFoldersWithinAreNotUsed() throws Exception {
        assumeTrue(User.current().id() == 0, "only root gives files away");
        Unpacked unpacked = unpack("linux-x64");
        Object before = inode(unpacked.runtime());
        foreign(unpacked.runtime());
        assertThat(inode(unpack("linux-x64").runtime())).isNotEqualTo(before);

        foreign(unpacked.runtime().getParent());
        assertThatThrownBy(() -> unpack("linux-x64"))
                .hasMessageContaining("linux-x64: it belongs to the user with id 4242")
                .hasMessageEndingWith("; delete it");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aFileThatOthersMayWriteToIsWrittenAgain() throws Exception {
        Path file = unpack("linux-x64").app().resolve("server/index.js");
        Object before = inode(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

        unpack("linux-x64");

        assertThat(inode(file)).isNotEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void linksAreNotFollowed() throws Exception {
        Path real = Files.createDirectories(temp.resolve("real"));
        Files.createDirectories(cache.getParent());
        Files.createSymbolicLink(cache, real);
        assertThatThrownBy(() -> unpack("linux-x64")).hasMessage("it is a symbolic link; expected a folder");

        Path way = temp.resolve("way");
        Files.createSymbolicLink(way, real);
        unpack("linux-x64", way.resolve("kitbridge"), User.current());
        User user = foreign(way);
        Path below = way.resolve("kitbridge");
        assertThatThrownBy(() -> unpack("linux-x64", below, user))
                .hasMessageStartingWith("the symbolic link " + way + " on the way belongs to the user with id ");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aLinkInThePlaceOfAFileIsReplaced() throws Exception {
        Path file = unpack("linux-x64").app().resolve("server/index.js");
        Path elsewhere = Files.writeString(temp.resolve("elsewhere.js"), "export {};\n");
        Files.delete(file);
        Files.createSymbolicLink(file, elsewhere);

        unpack("linux-x64");

        assertThat(file).isRegularFile().hasContent("export {};\n");
        assertThat(Files.isSymbolicLink(file)).isFalse();
    }

    @Test
    void aCopyIsCheckedByItsContent() throws Exception {
        unpack("linux-x64");
        Path copy = temp.resolve("copy");
        try (Stream<Path> files = Files.walk(cache)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, copy.resolve(cache.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Path right = copy.resolve("named-by-content/app/server/index.js");
        Path wrong = copy.resolve("named-by-content/app/site.bin");
        Files.writeString(wrong, "[]");
        Object before = Files.readAttributes(right, BasicFileAttributes.class).fileKey();

        unpack("linux-x64", copy, FileStatus.SUPPORTED ? User.current() : null);

        assertThat(wrong).hasContent("{}");
        assertThat(Files.readAttributes(right, BasicFileAttributes.class).fileKey())
                .isEqualTo(before);
    }

    @Test
    void filesThatWereDeletedAreUnpackedAgain() throws Exception {
        Unpacked unpacked = unpack("linux-x64");
        try (Stream<Path> files = Files.walk(cache)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
        unpacked.files().check();
        assertThat(unpacked.app().resolve("server/index.js")).hasContent("export {};\n");
        assertThat(unpacked.runtime()).hasContent(PROGRAM);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aRuntimeThatIsNotExecutableIsNamed() throws Exception {
        Path program = unpack("linux-x64").runtime();
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> unpack("linux-x64")).hasMessage(program + " is not executable; delete it");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aMountIsTheDeepestThatHoldsAPath() {
        List<String> table = List.of(
                "1 0 8:1 / / rw,relatime - ext4 /dev/sda1 rw",
                "2 1 8:1 /srv /opt/a\\040b ro,noexec,relatime shared:1 - ext4 /dev/sda1 rw",
                "3 1 0:5 / /opt rw,nosuid - tmpfs none rw");
        assertThat(Mount.of(Path.of("/opt/a b/cache"), table))
                .isEqualTo(new Mount(Path.of("/opt/a b"), List.of("ro", "noexec", "relatime")));
        assertThat(Mount.of(Path.of("/opt/x"), table).isReadOnly()).isFalse();
        assertThat(Mount.of(Path.of("/optional"), table).point()).isEqualTo(Path.of("/"));
    }

    /** The folder is read-only, so only the content is checked. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void anotherUsersFolderOnAReadOnlyFileSystemIsCheckedByItsContent() throws Exception {
        Unpacked unpacked = unpack("linux-x64");
        User user = foreign(cache);
        Path program = unpacked.runtime();
        UnpackedFolder folder = new UnpackedFolder(cache.resolve("named-by-content"), user, true);
        PackedFile right =
                PackedFile.of(line("app/server/index.js", "-", "export {};\n").strip());
        PackedFile wrong =
                PackedFile.of(line("app/server/index.js", "-", "export  {}\n").strip());

        assertThat(folder.isUnchanged(List.of(right.name()))).isFalse();
        assertThat(folder.holds(right.name(), List.of(right))).isTrue();
        assertThat(folder.holds(wrong.name(), List.of(wrong))).isFalse();
        assertThatThrownBy(() -> folder.checkOtherFiles(List.of(right.name())))
                .hasMessageEndingWith(" is not a file of the jar, and another user may have written it; delete it");
        assertThat(program).exists();
    }

    @Test
    void severalProcessesUnpackAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Unpacked>> all = threads.invokeAll(Collections.nCopies(8, () -> unpack("linux-x64")));
            for (Future<Unpacked> each : all) assertThat(each.get().runtime()).hasContent(PROGRAM);
        } finally {
            threads.shutdownNow();
        }
        try (Stream<Path> files = Files.walk(cache)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.contains(".part"));
        }
    }

    @Test
    void aDamagedJarLeavesNothingBehind() throws Exception {
        write("META-INF/kitbridge/app/server/index.js", "damaged {}\n");
        assertThatThrownBy(() -> unpack("linux-x64"))
                .isInstanceOf(IOException.class)
                .hasMessage("app/server/index.js in the jar is damaged");
        try (Stream<Path> files = Files.list(cache.resolve("named-by-content/app/server"))) {
            assertThat(files).isEmpty();
        }
    }
}
