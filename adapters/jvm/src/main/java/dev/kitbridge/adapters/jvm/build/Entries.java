package dev.kitbridge.adapters.jvm.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A destination for named files: a jar, or a folder that Maven packages. */
interface Entries {

    void write(String name, byte[] content) throws IOException;

    void write(String name, Path file) throws IOException;

    /** Writes a file without compression, because it would not become smaller. */
    void store(String name, Path file) throws IOException;

    default void write(String name, String text) throws IOException {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
