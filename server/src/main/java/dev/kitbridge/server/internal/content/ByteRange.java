package dev.kitbridge.server.internal.content;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One range of bytes (RFC 9110, 14.1.2).
 *
 * @param start first byte
 * @param length in bytes; 0 if the range cannot be satisfied
 */
record ByteRange(long start, long length) {

    private static final Pattern SINGLE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    /** Parses a {@code range} header. Returns null for no, several or invalid ranges: the whole file is sent. */
    static @Nullable ByteRange of(@Nullable String header, long size) {
        if (header == null) return null;
        Matcher match = SINGLE.matcher(header);
        if (!match.matches() || header.endsWith("=-")) return null;
        long start;
        long end;
        if (match.group(1).isEmpty()) {
            start = Math.max(0, size - number(match.group(2)));
            end = size - 1;
        } else {
            start = number(match.group(1));
            if (!match.group(2).isEmpty() && number(match.group(2)) < start) return null;
            end = match.group(2).isEmpty() ? size - 1 : Math.min(number(match.group(2)), size - 1);
        }
        return new ByteRange(start, Math.max(0, end - start + 1));
    }

    private static long number(String digits) {
        return digits.length() > 18 ? Long.MAX_VALUE / 2 : Long.parseLong(digits);
    }

    boolean satisfiable() {
        return length > 0;
    }
}
