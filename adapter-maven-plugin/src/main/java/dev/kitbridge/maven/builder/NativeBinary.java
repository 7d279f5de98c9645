package dev.kitbridge.maven.builder;

import dev.kitbridge.adapter.TargetPlatform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The platform of a native library, read from its header: ELF on Linux, Mach-O on macOS, PE on Windows.
 *
 * @param os the operating system in the notation of {@link TargetPlatform}
 * @param arch the architecture in the notation of {@link TargetPlatform}; empty for several architectures or an unknown
 *     one
 */
record NativeBinary(String os, String arch) {

    private static final Pattern NAME = Pattern.compile(".*\\.(node|dll|dylib|so)(\\.[\\d.]+)?");

    private static final int ELF = 0x7f454c46;
    private static final int MACH_O = 0xcffaedfe;
    private static final int MACH_O_UNIVERSAL = 0xcafebabe;
    private static final short PE = 0x4d5a;

    private static final Map<Integer, String> ELF_MACHINES =
            Map.of(0x3e, "x64", 0xb7, "arm64", 0x15, "ppc64le", 0x16, "s390x");
    private static final Map<Integer, String> MACH_O_MACHINES = Map.of(0x01000007, "x64", 0x0100000c, "arm64");
    private static final Map<Integer, String> PE_MACHINES = Map.of(0x8664, "x64", 0xaa64, "arm64");

    /** Reads the header of a file; returns null if the name or the header is not that of a known native library. */
    static @Nullable NativeBinary of(Path file) throws IOException {
        if (!NAME.matcher(file.getFileName().toString()).matches()) return null;
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(1024);
        }
        if (bytes.length < 64) return null;
        ByteBuffer head = ByteBuffer.wrap(bytes);
        int magic = head.getInt(0);
        head.order(ByteOrder.LITTLE_ENDIAN);
        if (magic == ELF) return new NativeBinary("linux", machine(ELF_MACHINES, head.getShort(18)));
        if (magic == MACH_O) return new NativeBinary("darwin", machine(MACH_O_MACHINES, head.getInt(4)));
        if (magic == MACH_O_UNIVERSAL) return new NativeBinary("darwin", "");
        if (magic >>> 16 != PE) return null;
        int header = head.getInt(0x3c);
        boolean inside = header > 0 && header + 6 <= bytes.length;
        return new NativeBinary("win", inside ? machine(PE_MACHINES, head.getShort(header + 4)) : "");
    }

    private static String machine(Map<Integer, String> known, int code) {
        return known.getOrDefault(code, "");
    }

    private static String machine(Map<Integer, String> known, short code) {
        return known.getOrDefault(Short.toUnsignedInt(code), "other");
    }

    /** @param platforms the target's platforms; every binary fits if they are empty, which means unknown */
    boolean fitsOneOf(Collection<TargetPlatform> platforms) {
        return platforms.isEmpty()
                || platforms.stream()
                        .anyMatch(platform -> platform.os().equals(os)
                                && (arch.isEmpty() || platform.arch().equals(arch)));
    }
}
