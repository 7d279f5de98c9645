package dev.kitbridge.maven.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.adapter.Builder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCopyTest {

    @TempDir
    Path temp;

    private Path from;
    private Path to;

    @BeforeEach
    void folders() {
        from = temp.resolve("from");
        to = temp.resolve("to");
    }

    private void write(String file, String text) throws IOException {
        Path path = from.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private List<String> copy(Builder.CopyOptions options) throws IOException {
        return new FileCopy(from, to, options, true).run();
    }

    private String copied(String text, Map<String, String> words) throws IOException {
        write("file.js", text);
        copy(Builder.CopyOptions.replace(words));
        return Files.readString(to.resolve("file.js"));
    }

    @Test
    void aFolderIsCopiedAndItsFilesAreListedInOrder() throws IOException {
        for (String file : List.of("b.txt", "a/z.txt", "a/b/c.txt", "B.txt", "a.txt")) write(file, file);
        assertThat(copy(Builder.CopyOptions.ALL)).containsExactly("B.txt", "a/b/c.txt", "a/z.txt", "a.txt", "b.txt");
        assertThat(to.resolve("a/b/c.txt")).hasContent("a/b/c.txt");
    }

    @Test
    void aFileIsCopiedToAFile() throws IOException {
        write("one.txt", "one");
        assertThat(new FileCopy(from.resolve("one.txt"), to.resolve("deep/two.txt"), Builder.CopyOptions.ALL, true)
                        .run())
                .containsExactly("two.txt");
        assertThat(to.resolve("deep/two.txt")).hasContent("one");
    }

    @Test
    void aMissingFolderIsIgnoredByCopy() throws IOException {
        assertThat(copy(Builder.CopyOptions.ALL)).isEmpty();
        assertThat(to).doesNotExist();
    }

    @Test
    void existingFilesAreReplaced() throws IOException {
        write("a.txt", "new");
        Files.createDirectories(to);
        Files.writeString(to.resolve("a.txt"), "old");
        Files.writeString(to.resolve("other.txt"), "other");
        copy(Builder.CopyOptions.ALL);
        assertThat(to.resolve("a.txt")).hasContent("new");
        assertThat(to.resolve("other.txt")).exists();
    }

    @Test
    void bytesAreCopiedAsTheyAre() throws IOException {
        byte[] bytes = {0, (byte) 0xff, (byte) 0xfe, 10, 13};
        Files.createDirectories(from);
        Files.write(from.resolve("a.bin"), bytes);
        copy(Builder.CopyOptions.ALL);
        assertThat(to.resolve("a.bin")).hasBinaryContent(bytes);
    }

    @Test
    void aFilterGetsNamesAndExcludesFoldersWithTheirContent() throws IOException {
        for (String file : List.of(".vite/manifest.json", "a/.vite/x.txt", "a/y.txt", "vite.txt")) write(file, "");
        Predicate<String> filter = name -> !name.equals(".vite");
        assertThat(copy(Builder.CopyOptions.filter(filter))).containsExactly("a/y.txt", "vite.txt");
        assertThat(to.resolve(".vite")).doesNotExist();
        assertThat(copy(Builder.CopyOptions.filter(name -> !name.equals("from"))))
                .isEmpty();
    }

    @Test
    void aFilterAppliesToASingleFileToo() throws IOException {
        write("one.txt", "");
        assertThat(new FileCopy(from.resolve("one.txt"), to, Builder.CopyOptions.filter(name -> false), true).run())
                .isEmpty();
        assertThat(to).doesNotExist();
    }

    @Test
    void wholeWordsAreReplaced() throws IOException {
        assertThat(copied("SERVER SERVERS MY_SERVER (SERVER) 'SERVER'", Map.of("SERVER", "x")))
                .isEqualTo("x SERVERS MY_SERVER (x) 'x'");
    }

    @Test
    void wordsAndReplacementsMayContainSpecialCharacters() throws IOException {
        assertThat(copied("a.b aXb", Map.of("a.b", "$1\\n{}"))).isEqualTo("$1\\n{} aXb");
    }

    @Test
    void replacedTextIsNotReplacedAgain() throws IOException {
        assertThat(copied("ONE TWO", Map.of("ONE", "TWO", "TWO", "ONE"))).isEqualTo("TWO ONE");
    }

    @Test
    void textIsUtf8() throws IOException {
        write("file.js", "gr\u00fcn WORD");
        copy(Builder.CopyOptions.replace(Map.of("WORD", "\u65e5\u672c")));
        assertThat(to.resolve("file.js")).content(StandardCharsets.UTF_8).isEqualTo("gr\u00fcn \u65e5\u672c");
    }

    @Test
    void sourceMapsKeepPointingToTheirSources() throws IOException {
        String map = "{\"version\":3,\"sources\":[\"../src/a.js\"]}";
        write("a.js.map", map);
        new FileCopy(from, to.resolve("deep"), Builder.CopyOptions.ALL, true).run();
        assertThat(to.resolve("deep/a.js.map")).hasContent("{\"version\":3,\"sources\":[\"../../src/a.js\"]}");
        new FileCopy(from, to.resolve("deep"), Builder.CopyOptions.ALL, false).run();
        assertThat(to.resolve("deep/a.js.map")).hasContent(map);
    }
}
