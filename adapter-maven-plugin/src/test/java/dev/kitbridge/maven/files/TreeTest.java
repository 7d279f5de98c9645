package dev.kitbridge.maven.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TreeTest {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    @TempDir
    Path root;

    private Path write(String name, String text, Instant time) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Files.setLastModifiedTime(file, FileTime.from(time));
    }

    private String stamp() throws IOException {
        return Tree.stamp(List.of(root));
    }

    @Test
    void filesAreListedInOrderWithForwardSlashes() throws IOException {
        write("b.txt", "", NOON);
        write("a/z.txt", "", NOON);
        write("skipped/x.txt", "", NOON);
        assertThat(Tree.files(root, folder -> !folder.equals("skipped"))).containsOnlyKeys("a/z.txt", "b.txt");
        assertThat(Tree.files(root.resolve("missing"), folder -> true)).isEmpty();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void linksAreFollowedAndCirclesAreLeftOut() throws IOException {
        write("real/x.txt", "", NOON);
        Files.createSymbolicLink(root.resolve("link"), root.resolve("real"));
        Files.createSymbolicLink(root.resolve("dangling"), root.resolve("nowhere"));
        Files.createSymbolicLink(root.resolve("real/circle"), root);
        assertThat(Tree.files(root, folder -> true)).containsOnlyKeys("dangling", "link/x.txt", "real/x.txt");
    }

    @Test
    void aStampStaysTheSameWhileNothingChanges() throws IOException {
        write("a.txt", "one", NOON);
        assertThat(stamp()).isEqualTo(stamp());
    }

    @Test
    void aStampChangesWithSizeTimeAndName() throws IOException {
        write("a.txt", "one", NOON);
        String before = stamp();
        write("a.txt", "three", NOON);
        assertThat(stamp()).isNotEqualTo(before);
        write("a.txt", "one", NOON.plusMillis(1));
        assertThat(stamp()).isNotEqualTo(before);
        Files.delete(root.resolve("a.txt"));
        assertThat(stamp()).isNotEqualTo(before);
        write("b.txt", "one", NOON);
        assertThat(stamp()).isNotEqualTo(before);
        Files.delete(root.resolve("b.txt"));
        write("a.txt", "one", NOON);
        assertThat(stamp()).isEqualTo(before);
    }

    @Test
    void anEmptyFolderIsNotAMissingOne() throws IOException {
        Path folder = root.resolve("folder");
        String missing = Tree.stamp(List.of(folder));
        Files.createDirectories(folder);
        assertThat(Tree.stamp(List.of(folder))).isNotEqualTo(missing);
    }

    @Test
    void aSingleFileHasAStampToo() throws IOException {
        Path file = write("a.jar", "one", NOON);
        String before = Tree.stamp(List.of(file));
        write("a.jar", "others", NOON);
        assertThat(Tree.stamp(List.of(file))).isNotEqualTo(before);
    }
}
