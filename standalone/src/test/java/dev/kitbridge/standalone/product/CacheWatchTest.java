package dev.kitbridge.standalone.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.AppFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CacheWatchTest {

    private static final int FILES = 250;

    @TempDir
    Path app;

    private final AtomicInteger checks = new AtomicInteger();

    private Thread thread;

    @BeforeEach
    void write() throws IOException {
        for (int i = 0; i < FILES; i++) {
            Path file = app.resolve("server/chunk" + i + ".js");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void start(AppFiles files) throws InterruptedException {
        thread = new CacheWatch(app, files, Duration.ofMillis(5)).start();
        Thread.sleep(1000);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) Thread.sleep(5);
    }

    @Test
    void missingFilesAreRestored() throws Exception {
        start(() -> {
            write();
            checks.incrementAndGet();
        });
        assertThat(checks).hasValue(0);

        int expected = 0;
        for (int number : new int[] {0, 120, FILES - 1}) {
            Path file = app.resolve("server/chunk" + number + ".js");
            int restored = ++expected;
            Files.delete(file);
            await(() -> checks.get() == restored);
            assertThat(file).exists();
        }
    }

    @Test
    void aFailureIsFollowedByAnotherAttempt() throws Exception {
        start(() -> {
            if (checks.incrementAndGet() < 3) throw new IOException("no space left on device");
            write();
        });

        Path file = app.resolve("server/chunk7.js");
        Files.delete(file);
        await(() -> Files.exists(file));
        assertThat(checks).hasValue(3);
    }

    @Test
    void aFolderThatIsDeletedBeforeTheFirstLookIsRestored() throws Exception {
        Path moved = app.resolveSibling("moved");
        Files.move(app, moved);
        CountDownLatch restored = new CountDownLatch(1);
        thread = new CacheWatch(
                        app,
                        () -> {
                            Files.move(moved, app);
                            restored.countDown();
                        },
                        Duration.ofMillis(5))
                .start();
        assertThat(restored.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(app.resolve("server/chunk0.js")).exists();
    }
}
