package dev.kitbridge.adapters.jvm.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.adapter.TargetPlatform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedRuntimeTest {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-01-01T00:00:00Z"));

    @TempDir
    Path temp;

    private Path executable;

    @BeforeEach
    void make() throws IOException {
        executable = Files.writeString(temp.resolve("node"), "program ".repeat(1000));
    }

    private PackedRuntime pack() throws IOException {
        TargetPlatform platform = TargetPlatform.current();
        JavaScriptRuntime.Binary runtime =
                new JavaScriptRuntime.Binary(JavaScriptRuntime.NODE, "24.0.0", platform, executable);
        return PackedRuntime.pack(platform, runtime, temp.resolve("packed"));
    }

    private static String unpacked(PackedRuntime packed) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(packed.file()))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Packs a runtime; returns whether the file was written again. */
    private boolean isWrittenAgain(Path file) throws IOException {
        Files.setLastModifiedTime(file, LONG_AGO);
        PackedRuntime packed = pack();
        assertThat(unpacked(packed)).isEqualTo(Files.readString(executable));
        assertThat(packed.digest()).isEqualTo(Digest.hex(executable));
        return !Files.getLastModifiedTime(file).equals(LONG_AGO);
    }

    @Test
    void aRuntimeIsCompressedOnce() throws IOException {
        Path file = pack().file();
        assertThat(isWrittenAgain(file)).isFalse();
        Files.writeString(executable, "another program");
        assertThat(isWrittenAgain(file)).isTrue();
        assertThat(isWrittenAgain(file)).isFalse();
        Files.writeString(executable, "another version");
        assertThat(isWrittenAgain(file)).as("of the same size").isTrue();
    }

    @Test
    void aFileThatDoesNotHoldTheRuntimeIsWrittenAgain() throws IOException {
        Path file = pack().file();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, new byte[] {1, 2, 3});
        assertThat(isWrittenAgain(file)).as("no gzip").isTrue();
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 9));
        assertThat(isWrittenAgain(file)).as("cut off").isTrue();
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        Files.delete(file);
        assertThat(pack().file()).hasBinaryContent(whole);
    }
}
