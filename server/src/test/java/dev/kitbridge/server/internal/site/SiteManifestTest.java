package dev.kitbridge.server.internal.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.server.internal.site.SiteFile.Encoding;
import dev.kitbridge.server.internal.site.SiteFile.Variant;
import dev.kitbridge.server.internal.site.SiteManifest.Redirect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteManifestTest {

    private static final SiteManifest SITE = new SiteManifest(
            "3.2.0",
            "1",
            "/base",
            "",
            "base/_app",
            "",
            "<p>%sveltekit.status% \u00e9 \u4e16</p>",
            List.of(
                    new SiteFile(
                            List.of("/base/\u4e16.txt"),
                            "client/\u4e16.txt",
                            5,
                            "abc",
                            "text/plain",
                            true,
                            List.of(new Variant(Encoding.BR, 3), new Variant(Encoding.GZIP, 4))),
                    new SiteFile(List.of("/base", "/base/"), "prerendered/index.html", 0, "def", "", false, List.of())),
            List.of(new Redirect("/base/old", 308, "new"), new Redirect("/base/x", 301, "https://example.com/")));

    @TempDir
    Path folder;

    @Test
    void readReturnsTheWrittenValue() throws IOException {
        SITE.write(folder);
        assertThat(SiteManifest.read(folder)).isEqualTo(SITE);
        byte[] first = Files.readAllBytes(folder.resolve("site.bin"));
        SiteManifest.read(folder).write(folder);
        assertThat(Files.readAllBytes(folder.resolve("site.bin"))).isEqualTo(first);
    }

    @Test
    void noManifest() {
        assertThatThrownBy(() -> SiteManifest.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessage(folder + " contains no site.bin; expected the folder that an adapter wrote");
    }

    @Test
    void anotherVersion() throws IOException {
        Path file = folder.resolve("site.bin");
        SITE.write(folder);
        byte[] other = Files.readAllBytes(file);
        other[7] = 99;
        Files.write(file, other);
        assertThatThrownBy(() -> SiteManifest.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + " has version 99 of the format, expected " + SiteFormat.VERSION)
                .hasMessageEndingWith("build the app with the version of Kitbridge that the server has");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"schema\":1}", "\0"})
    void damaged(String text) throws IOException {
        Files.writeString(folder.resolve("site.bin"), text);
        assertThatThrownBy(() -> SiteManifest.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("site.bin");
    }

    @Test
    void cutOffAnywhere() throws IOException {
        SITE.write(folder);
        Path file = folder.resolve("site.bin");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SiteManifest.read(folder)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void bytesAfterTheManifestAreRejected() throws IOException {
        SITE.write(folder);
        Files.writeString(folder.resolve("site.bin"), "more", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> SiteManifest.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        folder.resolve("site.bin") + " has 4 bytes after the end of the manifest; build the app again");
    }

    private static SiteFile file(String... paths) {
        return new SiteFile(List.of(paths), "client/a", 1, "abc", "", false, List.of());
    }

    private static SiteManifest site(List<SiteFile> files, Redirect... redirects) {
        return new SiteManifest("3.2.0", "1", "", "", "_app", "", "", files, List.of(redirects));
    }

    @Test
    void atAnotherBasePath() {
        SiteManifest moved = site(
                        List.of(file("/a.txt"), file("/")),
                        new Redirect("/old", 308, "/new"),
                        new Redirect("/new/", 308, "../new"),
                        new Redirect("/out", 302, "//example.com/x"),
                        new Redirect("/far", 302, "https://example.com/x"))
                .at("/shop/eu");
        assertThat(moved.base()).isEqualTo("/shop/eu");
        assertThat(moved.appPath()).isEqualTo("shop/eu/_app");
        assertThat(moved.files()).containsExactly(file("/shop/eu/a.txt"), file("/shop/eu/"));
        assertThat(moved.redirects())
                .containsExactly(
                        new Redirect("/shop/eu", 308, "./eu/"),
                        new Redirect("/shop/eu/old", 308, "/shop/eu/new"),
                        new Redirect("/shop/eu/new/", 308, "../new"),
                        new Redirect("/shop/eu/out", 302, "//example.com/x"),
                        new Redirect("/shop/eu/far", 302, "https://example.com/x"));
    }

    /** As the build maps it with {@code paths.base}. */
    @Test
    void aFileForTheRootAnswersTheBasePathToo() {
        assertThat(site(List.of(file("/index.html", "/"))).at("/shop").files())
                .containsExactly(file("/shop/index.html", "/shop/", "/shop"));
    }
}
