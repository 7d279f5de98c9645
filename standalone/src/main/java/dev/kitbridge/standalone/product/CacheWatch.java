package dev.kitbridge.standalone.product;

import dev.kitbridge.server.AppFiles;
import dev.kitbridge.server.packed.Unpacked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Restores unpacked files that are deleted while the server runs. A worker loads the modules of a route at the route's
 * first request, and SvelteKit remembers a failed import until the worker is replaced.
 */
public final class CacheWatch {

    private static final System.Logger LOG = System.getLogger(CacheWatch.class.getName());

    private static final Duration INTERVAL = Duration.ofMillis(500);

    /** Files that one look tests: an app with npm packages has thousands, and a deleted folder has none. */
    private static final int FILES_PER_LOOK = 100;

    private final Path app;
    private final AppFiles files;

    private List<Path> expected = List.of();
    private int next;

    /** Whether the last attempt to restore files has failed. */
    private boolean failed;

    /**
     * @param app the app's folder
     * @param files restores the files
     */
    CacheWatch(Path app, AppFiles files) {
        this.app = app;
        this.files = files;
    }

    /** Watches an app until the process exits. */
    public static void start(Unpacked unpacked) {
        CacheWatch watch = new CacheWatch(unpacked.app(), unpacked.files());
        Thread thread = new Thread(watch::run, "kitbridge-cache");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(INTERVAL.toMillis());
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The cache folder is not watched: " + app + " cannot be listed", e);
        }
    }

    /** Tests the next files, and restores the app if one is missing. The first look lists the files. */
    void look() throws IOException {
        if (expected.isEmpty()) expected = list();
        boolean missing = expected.isEmpty();
        for (int i = 0; i < FILES_PER_LOOK && !missing; i++) {
            missing = !Files.exists(expected.get(next));
            next = (next + 1) % expected.size();
        }
        if (missing) restore();
    }

    /** Returns the files of the app; an empty list if the folder was deleted, or is being deleted. */
    private List<Path> list() throws IOException {
        try (Stream<Path> walk = Files.walk(app)) {
            return walk.filter(Files::isRegularFile).toList();
        } catch (NoSuchFileException | UncheckedIOException e) {
            return List.of();
        }
    }

    /** Unpacks missing files again. Repeated failures are logged once. */
    private void restore() {
        try {
            files.check();
            LOG.log(Level.INFO, "Files in the cache folder were deleted, and are unpacked again: " + app);
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                LOG.log(
                        Level.WARNING,
                        "Files in the cache folder were deleted and could not be unpacked again: " + app,
                        e);
            }
            failed = true;
        }
    }
}
