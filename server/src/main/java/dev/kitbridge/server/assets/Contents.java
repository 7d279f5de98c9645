package dev.kitbridge.server.assets;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.site.SitePack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds the content of a site's files: each lies in the app's folder, or all in the {@link SitePack}, which is mapped,
 * so that the system's cache of the file is what is sent.
 */
final class Contents {

    /** A buffer holds no more than 2 GB. */
    private static final long WINDOW = 1L << 30;

    private final Path folder;
    private final @Nullable FileChannel pack;
    private final long length;

    /** What of the pack is mapped, and where in it that begins. */
    private ByteBuffer mapped = ByteBuffer.allocate(0);

    private long start;
    private long offset;

    /** @throws IOException if there is a pack that cannot be read */
    Contents(Path appDirectory) throws IOException {
        folder = appDirectory;
        Path file = appDirectory.resolve(SitePack.FILE);
        pack = Files.isRegularFile(file) ? FileChannel.open(file) : null;
        length = pack == null ? 0 : pack.size();
    }

    /**
     * The next file's content; called for each, in the pack's order.
     *
     * @param name relative to the app's folder
     * @param size in bytes
     * @throws IOException if the pack is shorter than its files
     */
    Body next(String name, long size) throws IOException {
        if (pack == null) return new Body.FileRange(folder.resolve(name), 0, size);
        long begin = offset;
        offset += size;
        if (offset > length) throw new IOException(folder.resolve(SitePack.FILE) + " ends within " + name);
        if (size > WINDOW) return new Body.FileRange(folder.resolve(SitePack.FILE), begin, size);
        if (offset > start + mapped.limit()) {
            start = begin;
            mapped = pack.map(FileChannel.MapMode.READ_ONLY, start, Math.min(WINDOW, length - start));
        }
        return new Body.Bytes(mapped.slice((int) (begin - start), (int) size));
    }

    /** Tells whether the pack is as long as it was; null if there is none. Keeps the file open, whatever its name. */
    @Nullable
    Intact intact() {
        return pack == null ? null : new Intact(folder.resolve(SitePack.FILE), pack, length);
    }
}
