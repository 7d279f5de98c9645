package dev.kitbridge.maven.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A module for Node in the plugin's jar.
 *
 * @param owner a class in the module's package
 * @param name the file's name, or its path from the root of the class path, {@code /folder/file}
 */
public record Script(Class<?> owner, String name) {

    /** Reads the module. */
    public byte[] bytes() throws IOException {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) throw new IOException("the plugin's jar holds no " + name);
            return in.readAllBytes();
        }
    }

    /**
     * Writes the module to a folder. A file with the same content is left as it is, because another Node may be reading
     * it.
     */
    public Path unpack(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(name.substring(name.lastIndexOf('/') + 1));
        byte[] bytes = bytes();
        if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) Files.write(file, bytes);
        return file;
    }
}
