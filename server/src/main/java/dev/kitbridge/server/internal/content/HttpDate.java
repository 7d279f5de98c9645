package dev.kitbridge.server.internal.content;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates in fields (RFC 9110, 5.6.7), which caches read in any case (RFC 9111, 4.2). */
public final class HttpDate {

    private static final String TIME = "(?<hour>[01]\\d|2[0-3]):(?<minute>[0-5]\\d):(?<second>[0-5]\\d|60)";

    private static final String MONTH = "(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)";

    private static final String SHORT = "(?:mon|tue|wed|thu|fri|sat|sun)";

    private static final String LONG = "(?:mon|tues|wednes|thurs|fri|satur|sun)day";

    private static final Pattern FIXED =
            pattern(SHORT + ", (?<day>\\d\\d) " + MONTH + " (?<year>\\d{4}) " + TIME + " gmt");

    private static final Pattern RFC_850 =
            pattern(LONG + ", (?<day>\\d\\d)-" + MONTH + "-(?<year>\\d\\d) " + TIME + " gmt");

    private static final Pattern ASCTIME =
            pattern(SHORT + " " + MONTH + " (?<day>[ \\d]\\d) " + TIME + " (?<year>\\d{4})");

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

    /** A date and its text. */
    private record Second(long epoch, String text) {}

    /** The last date that was formatted: the same for all responses of a second. */
    private static volatile Second latest = new Second(0, FORMAT.format(Instant.EPOCH));

    private HttpDate() {}

    private static Pattern pattern(String text) {
        return Pattern.compile(text, Pattern.CASE_INSENSITIVE);
    }

    /** Returns the date in the form that is sent. */
    public static String format(Instant time) {
        Second last = latest;
        if (last.epoch != time.getEpochSecond()) {
            last = new Second(time.getEpochSecond(), FORMAT.format(time));
            latest = last;
        }
        return last.text;
    }

    /**
     * Parses a date in one of the three forms. Returns null if it is invalid.
     *
     * @param now a year of two digits is at most fifty years later
     */
    public static @Nullable Instant parse(String text, Instant now) {
        Second last = latest;
        if (last.text.equals(text)) return Instant.ofEpochSecond(last.epoch);
        for (Pattern form : new Pattern[] {FIXED, RFC_850, ASCTIME}) {
            Matcher date = form.matcher(text);
            if (date.matches()) return time(date, now);
        }
        return null;
    }

    private static @Nullable Instant time(Matcher date, Instant now) {
        int year = number(date, "year");
        if (date.group("year").length() == 2) {
            int current = now.atZone(ZoneOffset.UTC).getYear();
            year += current / 100 * 100;
            if (year > current + 50) year -= 100;
        }
        int month = MONTHS.indexOf(date.group("month").toLowerCase(Locale.ROOT)) / 3 + 1;
        try {
            return LocalDate.of(year, month, number(date, "day"))
                    .atTime(number(date, "hour"), number(date, "minute"))
                    .toInstant(ZoneOffset.UTC)
                    // a leap second has no other second of its own
                    .plusSeconds(number(date, "second"));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int number(Matcher date, String group) {
        return Integer.parseInt(date.group(group).strip());
    }
}
