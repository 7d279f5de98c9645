package dev.kitbridge.maven.packages;

import dev.kitbridge.maven.packages.PackageManager.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the versions of a package manager that install from a lock file without rewriting it; other versions rewrite or
 * reject it.
 */
final class LockFormat {

    private static final Pattern PNPM = Pattern.compile("lockfileVersion:\\s*['\"]?(\\d+)\\.?.*");
    private static final Pattern YARN = Pattern.compile("\\s+version:\\s*['\"]?(\\d+).*");

    /** Number of lines that may contain the version of the format. */
    private static final int LINES = 12;

    private LockFormat() {}

    /** Returns majors of the package manager, newest first; an empty list if every version reads the file. */
    static List<Integer> majors(Kind kind, Path lock) throws IOException {
        return switch (kind) {
            case NPM -> List.of();
            case PNPM -> version(lock, PNPM).map(LockFormat::pnpm).orElse(List.of());
            case YARN -> List.of(version(lock, YARN).map(LockFormat::yarn).orElse(1));
            case BUN -> List.of(1);
        };
    }

    private static List<Integer> pnpm(int format) {
        if (format <= 5) return List.of(7);
        if (format <= 8) return List.of(8);
        return format == 9 ? List.of(10, 9) : List.of();
    }

    private static int yarn(int format) {
        if (format < 5) return 2;
        return format < 8 ? 3 : 4;
    }

    /** Reads the first lines only: a lock file may have several megabytes. */
    private static Optional<Integer> version(Path lock, Pattern pattern) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(lock, StandardCharsets.UTF_8)) {
            for (int i = 0; i < LINES; i++) {
                String line = reader.readLine();
                if (line == null) break;
                Matcher matcher = pattern.matcher(line);
                if (matcher.matches()) return Optional.of(Integer.valueOf(matcher.group(1)));
            }
        }
        return Optional.empty();
    }
}
