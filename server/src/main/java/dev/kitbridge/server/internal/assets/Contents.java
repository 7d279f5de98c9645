package dev.kitbridge.server.internal.assets;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.internal.site.SiteManifest;
import dev.kitbridge.server.internal.site.SitePack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the content of a site's files: in the {@link SitePack} if there is one, otherwise each in its own file. The
 * pack is read, not mapped: reading a mapped file that was truncated fails in the middle of a response, when its status
 * has been sent.
 */
final class Contents {

    private final Path folder;
    private final Path pack;
    private final @Nullable Map<String, SitePack.Part> parts;

    /** @throws IOException if the size of the pack differs from that of the manifest's files */
    Contents(SiteManifest site, Path appDirectory) throws IOException {
        folder = appDirectory;
        pack = appDirectory.resolve(SitePack.FILE);
        if (!Files.isRegularFile(pack)) {
            parts = null;
            return;
        }
        SitePack.Layout layout = SitePack.layout(site);
        long size = Files.size(pack);
        if (size != layout.size()) {
            throw new IOException(
                    pack + " has " + size + " bytes, but the files of " + SiteManifest.FILE + " have " + layout.size());
        }
        parts = layout.parts();
    }

    /**
     * Returns the content of a file.
     *
     * @param name relative to the app's folder
     * @param size in bytes
     */
    Body.FileRange of(String name, long size) {
        SitePack.Part part = parts == null ? null : parts.get(name);
        return part == null
                ? new Body.FileRange(folder.resolve(name), 0, size)
                : new Body.FileRange(pack, part.offset(), part.size());
    }
}
