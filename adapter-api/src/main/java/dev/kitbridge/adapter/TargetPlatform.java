package dev.kitbridge.adapter;

import java.util.Locale;

/**
 * An operating system and a processor architecture, named as Node names them: {@code linux-x64}, {@code linux-arm64},
 * {@code darwin-arm64}, {@code win-x64}. Can be the type of an adapter's option.
 *
 * @param os {@code linux} (with glibc), {@code darwin}, {@code win} or {@code aix}
 * @param arch {@code x64}, {@code arm64}, {@code ppc64le} or {@code s390x}
 */
public record TargetPlatform(String os, String arch) {

    /**
     * Replaces other names, such as Java's {@code Mac OS X} and {@code amd64}, by those of Node.
     *
     * @param os an operating system
     * @param arch a processor architecture
     */
    public TargetPlatform {
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

    /**
     * Returns the platform that the build runs on.
     *
     * @return the operating system and architecture of this JVM
     */
    public static TargetPlatform current() {
        return new TargetPlatform(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    /**
     * Parses an operating system and an architecture, separated by a hyphen.
     *
     * @param text for example {@code linux-x64}
     * @return the platform
     * @throws IllegalArgumentException if the text does not have this form
     */
    public static TargetPlatform valueOf(String text) {
        if (!text.matches("[A-Za-z]+-\\w+")) {
            throw new IllegalArgumentException("'" + text + "' is not a platform; expected an operating system and a"
                    + " processor, such as linux-x64, linux-arm64, darwin-arm64 or win-x64");
        }
        int hyphen = text.indexOf('-');
        return new TargetPlatform(text.substring(0, hyphen), text.substring(hyphen + 1));
    }

    /** Returns the form that {@link #valueOf} parses, such as {@code linux-x64}. */
    @Override
    public String toString() {
        return os + "-" + arch;
    }
}
