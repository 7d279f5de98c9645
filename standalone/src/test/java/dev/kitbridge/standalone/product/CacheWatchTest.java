package dev.kitbridge.standalone.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheWatchTest {

    /** More than one look tests. */
    private static final int FILES = 130;

    @TempDir
    Path temp;

    private Path app;
    private final AtomicInteger checks = new AtomicInteger();

    @BeforeEach
    void write() throws IOException {
        app = temp.resolve("app");
        for (int i = 0; i < FILES; i++) {
            Path file = app.resolve("server/chunk" + i + ".js");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        }
    }

    private void restore() throws IOException {
        checks.incrementAndGet();
        write();
    }

    private static void lookAtAll(CacheWatch watch) throws IOException {
        watch.look();
        watch.look();
    }

    @Test
    void missingFilesAreRestored() throws Exception {
        CacheWatch watch = new CacheWatch(app, this::restore);
        lookAtAll(watch);
        assertThat(checks).hasValue(0);
        int expected = 0;
        for (int number : new int[] {0, 120, FILES - 1}) {
            Path file = app.resolve("server/chunk" + number + ".js");
            Files.delete(file);
            lookAtAll(watch);
            assertThat(file).exists();
            assertThat(checks).hasValue(++expected);
        }
        lookAtAll(watch);
        assertThat(checks).hasValue(expected);
    }

    @Test
    void aFailureIsFollowedByAnotherAttempt() throws Exception {
        CacheWatch watch = new CacheWatch(app, () -> {
            if (checks.incrementAndGet() < 3) throw new IOException("no space left on device");
            write();
        });
        watch.look();
        Path file = app.resolve("server/chunk7.js");
        Files.delete(file);
        for (int i = 0; i < 10 && !Files.exists(file); i++) watch.look();
        assertThat(file).exists();
        assertThat(checks).hasValue(3);
    }

    @Test
    void aFolderThatIsDeletedBeforeTheFirstLookIsRestored() throws Exception {
        Files.move(app, temp.resolve("moved"));
        CacheWatch watch = new CacheWatch(app, this::restore);
        watch.look();
        assertThat(app.resolve("server/chunk0.js")).exists();
        lookAtAll(watch);
        assertThat(checks).hasValue(1);
    }
}
