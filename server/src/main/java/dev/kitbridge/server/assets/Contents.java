package dev.kitbridge.server.assets;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.site.SitePack;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the content of a site's files: each lies in the app's folder, or all in the {@link SitePack}. */
final class Contents {

    private final Path folder;
    private final @Nullable Path pack;
    private long offset;

    Contents(Path appDirectory) {
        folder = appDirectory;
        Path file = appDirectory.resolve(SitePack.FILE);
        pack = Files.isRegularFile(file) ? file : null;
    }

    /**
     * The next file's content; called for each, in the pack's order.
     *
     * @param name relative to the app's folder
     * @param size in bytes
     */
    Body.FileRange next(String name, long size) {
        if (pack == null) return new Body.FileRange(folder.resolve(name), 0, size);
        Body.FileRange range = new Body.FileRange(pack, offset, size);
        offset += size;
        return range;
    }
}
