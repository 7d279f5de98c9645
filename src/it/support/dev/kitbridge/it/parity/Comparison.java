package dev.kitbridge.it.parity;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Compares the answers of two servers; a difference is a line {@code what: theirs -> ours}. */
final class Comparison {

    /** Headers that are compared separately, or that a server may choose. */
    private static final Set<String> FRAMING = Set.of("connection", "keep-alive", "transfer-encoding", "date");

    private static final String START = "W/\\d{13}";

    private Comparison() {}

    static List<String> differences(Ask ask, Answer theirs, Answer ours) {
        List<String> lines = new ArrayList<>();
        line(lines, "status", String.valueOf(theirs.status()), String.valueOf(ours.status()));
        Set<String> names = new TreeSet<>(theirs.headers().keySet());
        names.addAll(ours.headers().keySet());
        names.removeAll(FRAMING);
        // only ours has a length: the comparison of the bodies suffices
        if (!theirs.headers().containsKey("content-length")) names.remove("content-length");
        for (String name : names) line(lines, name, theirs.values(name), ours.values(name));
        line(lines, "connection", connection(ask, theirs), connection(ask, ours));
        // Node's own rejections have no date
        if (theirs.headers().containsKey("date")) line(lines, "date", date(theirs), date(ours));
        line(lines, "end", theirs.cut() ? "cut off" : "whole", ours.cut() ? "cut off" : "whole");
        if (!Arrays.equals(theirs.body(), ours.body())) {
            int at = Arrays.mismatch(theirs.body(), ours.body());
            lines.add("body: " + piece(theirs.body(), at) + " -> " + piece(ours.body(), at));
        }
        return lines;
    }

    private static void line(List<String> lines, String what, String theirs, String ours) {
        // kit's tag of the module with the public variables is the time of its start
        if (theirs.matches(START) && ours.matches(START)) return;
        if (!theirs.equals(ours)) lines.add(what + ": " + theirs + " -> " + ours);
    }

    private static String connection(Ask ask, Answer answer) {
        String value = answer.values("connection").toLowerCase(Locale.ROOT);
        if (ask.isOld()) return value.contains("keep-alive") ? "keep" : "close";
        return value.contains("close") ? "close" : "keep";
    }

    /** Returns {@code now} for a current date, else the header. */
    private static String date(Answer answer) {
        String date = answer.values("date");
        if (date.equals("-") || date.contains("|")) return date;
        Instant then =
                ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
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
