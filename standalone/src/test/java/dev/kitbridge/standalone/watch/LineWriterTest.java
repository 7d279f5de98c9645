package dev.kitbridge.standalone.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LineWriterTest {

    @Test
    void linesAreWrittenInOrder() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LineWriter lines = new LineWriter(out)) {
            for (int i = 0; i < 3; i++) lines.accept("line " + i);
        }
        assertThat(out).hasToString("line 0\nline 1\nline 2\n");
    }

    @Test
    void aSlowReaderDoesNotBlockAndLearnsTheNumberOfDroppedLines() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        OutputStream slow = new OutputStream() {
            @Override
            public void write(int b) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(byte[] bytes) {
                begun.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                written.writeBytes(bytes);
            }
        };
        LineWriter lines = new LineWriter(slow);
        lines.accept("first");
        begun.await();
        for (int i = 0; i < 16 * 1024 + 5; i++) lines.accept("x");
        goOn.countDown();
        lines.close();

        assertThat(written.toString()).startsWith("first\n").contains("(5 requests are missing here");
    }
}
