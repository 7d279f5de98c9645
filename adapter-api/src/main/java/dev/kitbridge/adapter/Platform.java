package dev.kitbridge.adapter;

import java.util.Locale;

/**
 * An operating system and a processor, in Node's words. Usable as the type of an option: {@code linux-x64},
 * {@code linux-arm64}, {@code darwin-arm64}, {@code win-x64}.
 *
 * @param os {@code linux} (with glibc), {@code darwin}, {@code win}, {@code aix}
 * @param arch {@code x64}, {@code arm64}, {@code ppc64le}, {@code s390x}
 */
public record Platform(String os, String arch) {

    /** Puts other words for the same, Java's for example, into Node's: {@code Mac OS X}, {@code amd64}. */
    public Platform {
        String name = os.toLowerCase(Locale.ROOT);
        os = name.startsWith("mac") || name.startsWith("darwin")
                ? "darwin"
                : name.startsWith("win") ? "win" : name.replaceAll("\\W", "");
        arch = switch (arch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "x64";
            case "aarch64" -> "arm64";
            default -> arch.toLowerCase(Locale.ROOT);
        };
    }

    /** The machine that builds. */
    public static Platform current() {
        return new Platform(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    /**
     * Reads {@code linux-x64}.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public static Platform valueOf(String text) {
        if (!text.matches("[A-Za-z]+-\\w+")) {
            throw new IllegalArgumentException("'" + text + "' is not a platform; expected an operating system and a"
                    + " processor, such as linux-x64, linux-arm64, darwin-arm64 or win-x64");
        }
        int hyphen = text.indexOf('-');
        return new Platform(text.substring(0, hyphen), text.substring(hyphen + 1));
    }

    /** {@code linux-x64}. */
    @Override
    public String toString() {
        return os + "-" + arch;
    }
}
