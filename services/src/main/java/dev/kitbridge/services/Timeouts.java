package dev.kitbridge.services;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long calls may take, as annotations say it. */
final class Timeouts {

    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private Timeouts() {}

    /**
     * Reads {@code 30s}, or ISO 8601.
     *
     * @param where names it in errors
     * @throws IllegalArgumentException if it is neither
     */
    static Duration of(String text, String where) {
        Duration duration = parse(text);
        if (duration == null || duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(
                    "timeout = \"" + text + "\" of " + where + "; expected 500ms, 30s, 5m or ISO 8601, as PT30S");
        }
        return duration;
    }

    private static @org.jspecify.annotations.Nullable Duration parse(String text) {
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
