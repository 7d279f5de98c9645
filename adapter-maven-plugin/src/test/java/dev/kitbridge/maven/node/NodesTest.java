package dev.kitbridge.maven.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.adapter.TargetPlatform;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.process.Scripts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class NodesTest {

    @TempDir
    Path temp;

    private NodeRuntime find(@Nullable Path executable, @Nullable String version, boolean offline) throws IOException {
        Programs programs = new Programs(temp.resolve("bin").toString());
        return new Nodes(executable, version, temp.resolve("cache"), offline, false, programs)
                .find(Files.createDirectories(temp.resolve("workspace/app")), message -> {});
    }

    @Test
    void theConfiguredExecutableComesFirst() throws IOException {
        Scripts.write(temp.resolve("bin"), "node");
        Path own = Scripts.write(temp.resolve("own"), "my-node");
        assertThat(find(own, "24", true)).isEqualTo(new NodeRuntime(own, "<nodeExecutable>"));
    }

    @Test
    void aConfiguredExecutableThatIsNotExecutableIsRejected() {
        assertThatThrownBy(() -> find(temp.resolve("missing"), null, false))
                .isInstanceOf(UserFailure.class)
                .hasMessage("<nodeExecutable> is " + temp.resolve("missing") + ", which is not an executable file");
    }

    @Test
    void theConfiguredVersionComesSecond() throws IOException {
        Scripts.write(temp.resolve("bin"), "node");
        Scripts.write(temp.resolve("workspace/app/node_modules/.bin"), "node");
        assertThatThrownBy(() -> find(null, "24", true))
                .isInstanceOf(UserFailure.class)
                .hasMessage(
                        "Node 24 (<nodeVersion>24) is not in " + temp.resolve("cache/node") + " and Maven is offline;"
                                + " run 'mvn adapter:go-offline' once with a network, or set <nodeExecutable> to a Node that is already on this machine");
    }

    @Test
    void aVersionCannotBeFetchedWithoutNpm() {
        assertThatThrownBy(() -> find(null, "24", false))
                .isInstanceOf(UserFailure.class)
                .hasMessageContaining("there is no npm on PATH");
    }

    @Test
    void theAppsOwnNodeComesThird() throws IOException {
        Scripts.write(temp.resolve("bin"), "node");
        Path root = Scripts.write(temp.resolve("workspace/node_modules/.bin"), "node");
        assertThat(find(null, " ", false)).isEqualTo(new NodeRuntime(root, "the app's node_modules"));
        Path own = Scripts.write(temp.resolve("workspace/app/node_modules/.bin"), "node");
        assertThat(find(null, null, false)).isEqualTo(new NodeRuntime(own, "the app's node_modules"));
    }

    @Test
    void theOneOnThePathComesLast() throws IOException {
        Path node = Scripts.write(temp.resolve("bin"), "node");
        assertThat(find(null, null, false)).isEqualTo(new NodeRuntime(node, "PATH"));
    }

    @Test
    void withoutAnyTheErrorSaysWhichSettingHelps() {
        assertThatThrownBy(() -> find(null, null, false))
                .isInstanceOf(UserFailure.class)
                .hasMessageContaining("add <nodeVersion>24</nodeVersion>");
    }

    // binaries for adapters

    private static final TargetPlatform ELSEWHERE = new TargetPlatform("linux", "s390x");

    private Nodes nodes(boolean offline) {
        Programs programs = new Programs(Scripts.path(temp.resolve("bin")));
        return new Nodes(null, null, temp.resolve("cache"), offline, false, programs);
    }

    /** A Node whose npm finds no version. */
    private NodeRuntime node() throws IOException {
        Scripts.write(temp.resolve("bin"), "npm", "echo \"$@\" >> '" + temp + "/asked'");
        return new NodeRuntime(temp.resolve("bin/node"), "PATH", "24.21.0");
    }

    private void assertAsked(JavaScriptRuntime runtime, @Nullable String version, TargetPlatform platform, String spec)
            throws IOException {
        NodeRuntime node = node();
        assertThatThrownBy(() -> nodes(false).binary(runtime, version, platform, node, message -> {}))
                .isInstanceOf(UserFailure.class)
                .hasMessageStartingWith("No version of ");
        assertThat(temp.resolve("asked")).hasContent("view " + spec + " version dist.integrity --json");
        Files.delete(temp.resolve("asked"));
    }

    @Test
    void npmIsAskedForTheVersionOfTheNodeThatBuildsUnlessThereIsAnother() throws IOException {
        assertAsked(JavaScriptRuntime.NODE, null, ELSEWHERE, "node-linux-s390x@24.21.0");
        assertAsked(JavaScriptRuntime.NODE, "22", ELSEWHERE, "node-linux-s390x@22");
        assertAsked(
                JavaScriptRuntime.BUN,
                "1.4.5",
                new TargetPlatform("darwin", "arm64"),
                "@oven/bun-darwin-aarch64@1.4.5");
        assertAsked(JavaScriptRuntime.BUN, null, new TargetPlatform("linux", "x64"), "@oven/bun-linux-x64-baseline@*");
    }

    @Test
    void aBinaryInTheCacheIsFoundWithoutNpm() throws Exception {
        Path home = Files.createDirectories(temp.resolve("cache/bun/1.4.5-darwin-arm64"));
        byte[] bytes = "bun".getBytes(StandardCharsets.UTF_8);
        Files.write(home.resolve("bun"), bytes);
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        Files.writeString(home.resolve("sha256"), digest);
        NodeRuntime none = new NodeRuntime(temp.resolve("none"), "test", "24.21.0");
        TargetPlatform mac = new TargetPlatform("darwin", "arm64");
        assertThat(nodes(true).binary(JavaScriptRuntime.BUN, "1.4", mac, none, message -> {}))
                .isEqualTo(new JavaScriptRuntime.Binary(JavaScriptRuntime.BUN, "1.4.5", mac, home.resolve("bun")));

        Files.writeString(home.resolve("bun"), "planted");
        List<String> said = new ArrayList<>();
        assertThatThrownBy(() -> nodes(true).binary(JavaScriptRuntime.BUN, "1.4", mac, none, said::add))
                .isInstanceOf(UserFailure.class)
                .hasMessage("Bun 1.4 for darwin-arm64 is not in " + temp.resolve("cache/bun")
                        + " and Maven is offline; run 'mvn adapter:go-offline' once with a network");
        assertThat(said).containsExactly("Bun in " + home + " has changed since it was fetched; fetching it again");
    }

    @Test
    void aVersionOutsideOfKitsRangeIsRejected() {
        NodeRuntime node = new NodeRuntime(Path.of("/usr/bin/node"), "PATH");
        assertThatCode(() -> Nodes.check("24.1.0", node, "3.2.0", "^22.17 || >=24"))
                .doesNotThrowAnyException();
        assertThatCode(() -> Nodes.check("18.0.0", node, "3.2.0", "")).doesNotThrowAnyException();
        assertThatThrownBy(() -> Nodes.check("20.20.2", node, "3.2.0", ">=22.17"))
                .isInstanceOf(UserFailure.class)
                .hasMessage(
                        "Node 20.20.2 (/usr/bin/node, from PATH) does not suit SvelteKit 3.2.0, which needs >=22.17;"
                                + " set <nodeVersion>24</nodeVersion> to have one fetched, or <nodeExecutable> to one on this"
                                + " machine");
    }

    @Test
    void aProgramThatIsNotNodeIsRejected() throws IOException {
        NodeRuntime odd = new NodeRuntime(Scripts.write(temp.resolve("odd"), "node", "echo hello; exit 2"), "PATH");
        assertThatThrownBy(odd::version)
                .isInstanceOf(UserFailure.class)
                .hasMessageContaining("(PATH) answered 'hello' with exit code 2; expected a version of Node");
        NodeRuntime missing = new NodeRuntime(temp.resolve("missing"), "<nodeExecutable>");
        assertThatThrownBy(missing::version)
                .isInstanceOf(UserFailure.class)
                .hasMessageContaining("(<nodeExecutable>) cannot be started");
    }

    @Test
    void anotherProgramHasAnotherIdentity() throws IOException {
        NodeRuntime node = new NodeRuntime(Scripts.write(temp.resolve("bin"), "node", "echo v1"), "PATH");
        String before = node.identity();
        assertThat(node.identity()).isEqualTo(before);
        Scripts.write(temp.resolve("bin"), "node", "echo v24.0.0");
        assertThat(node.identity()).isNotEqualTo(before);
    }
}
