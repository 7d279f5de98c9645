package dev.kitbridge.server.assets;

import dev.kitbridge.server.site.SiteFile.Encoding;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which form of a file a client gets (RFC 9110, 12.5.3). */
final class Negotiation {

    /** What follows it is ignored. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d+)?");

    private Negotiation() {}

    /**
     * The coding with the highest weight; of equal ones the server's favourite. Null for none: it is always possible,
     * and preferred only where the client says so.
     *
     * @param accepted value of {@code accept-encoding}, or null
     */
    static @Nullable Encoding choose(@Nullable String accepted, Set<Encoding> available) {
        if (accepted == null || available.isEmpty()) return null;
        String header = accepted.toLowerCase(Locale.ROOT);
        Encoding best = null;
        double highest = 0;
        for (Encoding encoding : Encoding.values()) {
            if (!available.contains(encoding)) continue;
            double weight = weight(header, encoding.token(), -1);
            if (weight > highest) {
                best = encoding;
                highest = weight;
            }
        }
        return highest >= weight(header, "identity", 0) ? best : null;
    }

    /** @param unnamed weight where the coding is not named, below zero for that of the asterisk */
    private static double weight(String header, String coding, double unnamed) {
        double any = 0;
        for (int start = 0; start <= header.length(); ) {
            int comma = header.indexOf(',', start);
            int end = comma < 0 ? header.length() : comma;
            int semicolon = header.indexOf(';', start);
            int nameEnd = semicolon >= 0 && semicolon < end ? semicolon : end;
            String name = header.substring(start, nameEnd).strip();
            if (name.equals(coding)) return quality(header, nameEnd, end);
            if (name.equals("*")) any = quality(header, nameEnd, end);
            start = end + 1;
        }
        return unnamed < 0 ? any : unnamed;
    }

    private static double quality(String header, int start, int end) {
        if (start == end) return 1;
        for (String parameter : header.substring(start + 1, end).split(";", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (!name.strip().equals("q")) continue;
            Matcher number = NUMBER.matcher(parameter.substring(equals + 1).strip());
            return number.lookingAt() ? Double.parseDouble(number.group()) : 0;
        }
        return 1;
    }
}
