package dev.kitbridge.adapter.test.tck;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Compares the responses of two servers; a difference is a line {@code what: expected -> actual}. */
final class Comparison {

    /** Headers that are compared separately, or that a server may choose. */
    private static final Set<String> FRAMING = Set.of("connection", "keep-alive", "transfer-encoding", "date");

    private static final String START = "W/\\d{13}";

    private Comparison() {}

    static List<String> differences(RawRequest request, RawResponse expected, RawResponse actual) {
        List<String> lines = new ArrayList<>();
        line(lines, "status", String.valueOf(expected.status()), String.valueOf(actual.status()));
        Set<String> names = new TreeSet<>(expected.headers().keySet());
        names.addAll(actual.headers().keySet());
        names.removeAll(FRAMING);
        // only the server's has a length: the comparison of the bodies suffices
        if (!expected.headers().containsKey("content-length")) names.remove("content-length");
        for (String name : names) line(lines, name, expected.values(name), actual.values(name));
        line(lines, "connection", connection(request, expected), connection(request, actual));
        // Node's own rejections have no date
        if (expected.headers().containsKey("date")) line(lines, "date", date(expected), date(actual));
        line(lines, "end", expected.cut() ? "cut off" : "whole", actual.cut() ? "cut off" : "whole");
        if (!Arrays.equals(expected.body(), actual.body())) {
            int at = Arrays.mismatch(expected.body(), actual.body());
            lines.add("body: " + piece(expected.body(), at) + " -> " + piece(actual.body(), at));
        }
        return lines;
    }

    private static void line(List<String> lines, String what, String expected, String actual) {
        // kit's tag of the module with the public variables is the time of its start
        if (expected.matches(START) && actual.matches(START)) return;
        if (!expected.equals(actual)) lines.add(what + ": " + expected + " -> " + actual);
    }

    private static String connection(RawRequest request, RawResponse response) {
        String value = response.values("connection").toLowerCase(Locale.ROOT);
        if (request.isOld()) return value.contains("keep-alive") ? "keep" : "close";
        return value.contains("close") ? "close" : "keep";
    }

    /** Returns {@code now} for a current date, else the header. */
    private static String date(RawResponse response) {
        String date = response.values("date");
        if (date.equals("-") || date.contains("|")) return date;
        Instant then;
        try {
            then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeParseException e) {
            return date;
        }
        return then.isAfter(Instant.now().minusSeconds(3600)) ? "now" : date;
    }

    /** Describes a body from the first difference on. */
    private static String piece(byte[] body, int at) {
        int end = Math.min(body.length, at + 60);
        String text = new String(body, at, end - at, java.nio.charset.StandardCharsets.ISO_8859_1)
                .replace("\r", "\\r")
                .replace("\n", "\\n");
        return body.length + " bytes, from " + at + " '" + text + "'";
    }
}
