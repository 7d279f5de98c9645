package dev.kitbridge.adapter.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each assertion fails on another module, with a message that names what there is. */
class AssertionsTest {

    @TempDir
    Path folder;

    private AdaptedModule module;

    @BeforeEach
    void adapt() throws IOException {
        module = RecordedApp.KIT_3.in(folder).adapt(new Lighthouse());
    }

    private void fails(ThrowingCallable assertion, String... parts) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContainingAll(parts);
    }

    @Test
    void files() {
        fails(() -> assertThat(module).hasFile("server.js", "none.js"), "no file none.js", "client/_app/version.json");
        fails(() -> assertThat(module).hasNoFile("server.js"), "has the file server.js");
        fails(() -> assertThat(module).output().hasNoFileMatching("client/.*txt"), ", client/robots.txt]");
        fails(() -> assertThat(module).tree("target/none").hasFile("x"), "(nothing)");
        fails(
                () -> assertThat(module).tree("target/lamp.jar").hasExactlyFiles("x", "lamp/Main.class"),
                "Missing: [x]",
                "Unexpected: [META-INF/MANIFEST.MF]");
        fails(() -> assertThat(module).output().hasFileContaining("server.js", "nowhere"), "does not contain");
        assertThat(module).output().hasFileContaining("client/robots.txt", "output/client/robots.txt");
    }

    @Test
    void manifests() {
        fails(
                () -> assertThat(module).output().hasServerManifest("server.js", "/blog/[slug]", "/raw"),
                "has the routes [/(shop)/cart, /blog/[slug]], not [/blog/[slug], /raw]");
        fails(
                () -> assertThat(module).tree("target/lamp.jar").hasJarManifestEntry("Main-Class", "Other"),
                "Main-Class: lamp.Main, not Other");
        fails(
                () -> assertThat(module).tree("target/lamp.jar").hasJarManifestEntry("Class-Path", "x"),
                "Class-Path: null, not x");
    }

    @Test
    void artifactsAndLog() {
        fails(() -> assertThat(module).hasAttachment("zip", "lamp"), "type zip with classifier lamp", "lamp.jar");
        fails(() -> assertThat(module).attachedArchive("jar", "site"), "classifier site");
        fails(() -> assertThat(module).hasNoAttachment(), "lamp.jar");
        fails(() -> assertThat(module).logged("error"), "'error'", "warn The lamp is off");
    }

    @Test
    void aFileThatIsNoArchiveIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("text.zip"), "text");
        assertThatThrownBy(() -> FileTree.of(file)).hasMessageContaining("text.zip is neither a folder nor a readable");
        assertThatThrownBy(() -> FileTree.of(folder.resolve("none")).text("x")).hasMessageContaining("x is not in");
    }
}
