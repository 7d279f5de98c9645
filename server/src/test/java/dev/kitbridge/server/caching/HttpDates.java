package dev.kitbridge.server.caching;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates of HTTP in valid and in wrong forms. */
final class HttpDates {

    private HttpDates() {}

    static String format(Instant time, String form) {
        String date = with(time, "EEE, dd MMM yyyy HH:mm:ss 'GMT'");
        return switch (form) {
            case "" -> date;
            case "rfc850" -> with(time, "EEEE, dd-MMM-yy HH:mm:ss 'GMT'");
            case "asctime" -> with(time, "EEE MMM ppd HH:mm:ss yyyy");
            case "lower" -> date.toLowerCase(Locale.ROOT);
            case "upper" -> date.toUpperCase(Locale.ROOT);
            case "wrong-case-month" ->
                with(time, "EEE, dd ")
                        + with(time, "MMM").toUpperCase(Locale.ROOT)
                        + with(time, " yyyy HH:mm:ss 'GMT'");
            case "utc" -> date.replace("GMT", "UTC");
            case "aest" -> date.replace("GMT", "AEST");
            case "no-zone" -> date.replace(" GMT", "");
            case "offset" -> date.replace("GMT", "+0000");
            case "hours" -> date.replace("GMT", "+0200");
            case "no-comma" -> date.replace(",", "");
            case "dashes" -> with(time, "EEE, dd-MMM-yyyy HH:mm:ss 'GMT'");
            case "spaces" -> date.replace(" ", "  ");
            case "periods" -> with(time, "EEE, dd MMM yyyy HH.mm.ss 'GMT'");
            case "one-digit-hour" -> with(time, "EEE, dd MMM yyyy 'H'").replace("H", "1") + with(time, ":mm:ss 'GMT'");
            case "two-digit-year" -> with(time, "EEE, dd MMM yy HH:mm:ss 'GMT'");
            case "no-seconds" -> with(time, "EEE, dd MMM yyyy HH:mm 'GMT'");
            case "no-weekday" -> with(time, "dd MMM yyyy HH:mm:ss 'GMT'");
            case "iso" -> time.toString();
            case "epoch" -> String.valueOf(time.getEpochSecond());
            case "trailing" -> date + " x";
            case "quoted" -> '"' + date + '"';
            default -> throw new IllegalArgumentException(form);
        };
    }

    private static String with(Instant time, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
                .withZone(ZoneOffset.UTC)
                .format(time);
    }
}
