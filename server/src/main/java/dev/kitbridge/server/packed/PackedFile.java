package dev.kitbridge.server.packed;

import dev.kitbridge.server.internal.site.SitePack;

/**
 * A file of the jar.
 *
 * @param digest SHA-256, hexadecimal
 * @param kind {@code -} a file; {@code e} an executable file; {@code p} a file in the {@link SitePack}; {@code x} a
 *     runtime, whose entry is compressed and ends in {@code .gz}
 * @param size size in bytes
 * @param name name of its entry
 */
record PackedFile(String digest, char kind, long size, String name) {

    /** Reads a line of the jar's index: digest, kind, size and name, separated by spaces. */
    static PackedFile of(String line) {
        int first = line.indexOf(' ');
        int size = line.indexOf(' ', first + 1);
        int name = line.indexOf(' ', size + 1);
        return new PackedFile(
                line.substring(0, first),
                line.charAt(first + 1),
                Long.parseLong(line.substring(size + 1, name)),
                line.substring(name + 1));
    }

    /** Returns the file that it is unpacked to. */
    String file() {
        return kind == 'p' ? "app/" + SitePack.FILE : name;
    }

    boolean isExecutable() {
        return kind == 'e' || kind == 'x';
    }
}
