package dev.kitbridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.server.Response.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishersTest {

    @TempDir
    Path folder;

    private static Collector collect(Body body) {
        return Collector.subscribed(new Response(200, Headers.EMPTY, body, Source.ASSET));
    }

    private Path file(int size) throws IOException {
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) content[i] = (byte) i;
        return Files.write(folder.resolve("file"), content);
    }

    @Test
    void bytesComeOnce() {
        Body.Bytes body = new Body.Bytes(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        Collector collector = collect(body);
        collector.request(1);
        assertThat(collector.size()).isEqualTo(3);
        collector.request(1);
        assertThat(collector.bytes()).containsExactly(1, 2, 3);
        assertThat(body.length()).as("the body itself is not used up").isEqualTo(3);
    }

    @Test
    void anEmptyBodyEnds() {
        Collector collector = collect(Body.EMPTY);
        collector.request(1);
        assertThat(collector.bytes()).isEmpty();
    }

    @Test
    void aFileIsReadAsItIsAskedFor() throws IOException {
        Collector collector = collect(new Body.FileRange(file(200_000), 10, 150_000));
        collector.request(1);
        assertThat(collector.size()).isEqualTo(64 * 1024);
        collector.request(1);
        assertThat(collector.size()).isEqualTo(128 * 1024);
        collector.request(Long.MAX_VALUE);
        assertThat(collector.bytes()).hasSize(150_000).startsWith(10, 11, 12);
    }

    @Test
    void aFileThatHasBecomeShorterIsAnError() throws IOException {
        Path file = file(100);
        Collector collector = collect(new Body.FileRange(file, 0, 200));
        collector.request(Long.MAX_VALUE);
        assertThatThrownBy(() -> collector.ended.get())
                .hasRootCauseMessage(file + " was truncated while the server runs");
    }

    @Test
    void aDeletedFileIsAnError() {
        Collector collector = collect(new Body.FileRange(folder.resolve("gone"), 0, 200));
        collector.request(1);
        assertThat(collector.ended).isCompletedExceptionally();
    }

    @Test
    void nothingComesAfterCancelling() throws IOException {
        Collector collector = collect(new Body.FileRange(file(200_000), 0, 200_000));
        collector.request(1);
        collector.cancel();
        collector.request(5);
        assertThat(collector.size()).isEqualTo(64 * 1024);
        assertThat(collector.ended).isNotDone();
    }
}
