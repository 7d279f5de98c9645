package dev.kitbridge.server.internal.assets;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The path of a request's target, decoded as kit's router does ({@code decode_pathname}). */
final class Pathname {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /**
     * Characters that JavaScript's {@code decodeURI} leaves encoded, and the percent sign, which kit leaves encoded.
     */
    private static final String KEPT = ";/?:@&=+$,#%";

    private Pathname() {}

    /** Returns a reference for a header: encodes spaces and characters beyond ASCII. */
    static String encoded(String reference) {
        StringBuilder text = new StringBuilder(reference.length());
        for (byte octet : reference.getBytes(StandardCharsets.UTF_8)) {
            int c = octet & 0xff;
            if (c > ' ' && c < 0x7f) text.append((char) c);
            else text.append('%').append(HEX.toHexDigits((byte) c));
        }
        return text.toString();
    }

    /** Returns the index of the end of the path in a target. */
    static int end(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target.length() : query;
    }

    /** Returns the decoded path; the path unchanged if it cannot be decoded, which no table contains. */
    static String of(String target) {
        String raw = target.substring(0, end(target));
        if (raw.indexOf('%') < 0) return raw;
        StringBuilder text = new StringBuilder(raw.length());
        ByteBuffer bytes = ByteBuffer.allocate(raw.length());
        for (int i = 0; i < raw.length(); ) {
            if (raw.charAt(i) != '%') {
                text.append(raw.charAt(i++));
                continue;
            }
            int start = i;
            bytes.clear();
            for (; i < raw.length() && raw.charAt(i) == '%'; i += 3) {
                int octet = octet(raw, i);
                if (octet < 0) return raw;
                bytes.put((byte) octet);
            }
            try {
                append(text, StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()), raw, start);
            } catch (CharacterCodingException e) {
                return raw;
            }
        }
        return text.toString();
    }

    /** Appends the characters of {@link #KEPT} as they were sent. */
    private static void append(StringBuilder text, CharSequence decoded, String raw, int start) {
        int at = start;
        for (int i = 0; i < decoded.length(); i++) {
            char c = decoded.charAt(i);
            if (KEPT.indexOf(c) >= 0) text.append(raw, at, at + 3);
            else text.append(c);
            at += 3 * octets(c);
        }
    }

    private static int octets(char c) {
        if (c < 0x80) return 1;
        if (c < 0x800) return 2;
        return Character.isSurrogate(c) ? 2 : 3; // four for a pair
    }

    private static int octet(String raw, int at) {
        if (at + 2 >= raw.length()) return -1;
        int high = Character.digit(raw.charAt(at + 1), 16);
        int low = Character.digit(raw.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
