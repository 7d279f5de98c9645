package dev.kitbridge.services;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses {@code timeout} of {@link dev.kitbridge.platform.PlatformService}. */
final class Timeouts {

    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private Timeouts() {}

    /**
     * Parses {@code 30s}, or a duration in ISO 8601.
     *
     * @param where the annotated interface or method, for errors
     * @throws IllegalArgumentException if the text is neither, or the duration is not positive
     */
    static Duration parse(String text, String where) {
        Duration duration = duration(text);
        if (duration == null || duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(
                    "timeout = \"" + text + "\" of " + where + "; expected 500ms, 30s, 5m or ISO 8601, such as PT30S");
        }
        return duration;
    }

    private static @Nullable Duration duration(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (!matcher.matches()) {
            try {
                return Duration.parse(text);
            } catch (DateTimeParseException e) {
                return null;
            }
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
