package dev.kitbridge.server.internal.assets;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.internal.content.Representation;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** The content of a file, in memory after the first request if the cache has room for it. */
final class FileContent implements Representation.Content {

    private final Body.FileRange file;
    private final FileCache cache;

    private volatile boolean cached;

    FileContent(Body.FileRange file, FileCache cache) {
        this.file = file;
        this.cache = cache;
    }

    @Override
    public long length() {
        return file.length();
    }

    @Override
    public Body load() {
        Body.Bytes bytes = cache.load(file);
        if (bytes == null) return file;
        cached = true;
        return bytes;
    }

    /** Checks the size before the response is sent: afterwards its status could no longer report a changed file. */
    @Override
    public void check() {
        if (cached) return;
        try {
            long size = Files.size(file.path());
            if (size >= file.offset() + file.length()) return;
            throw new EOFException("it has " + size + " bytes, expected " + (file.offset() + file.length())
                    + " or more; it was changed while the server runs");
        } catch (IOException e) {
            throw new UncheckedIOException(file.path() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
