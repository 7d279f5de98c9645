package dev.kitbridge.server.internal.content;

import dev.kitbridge.server.internal.site.SiteFile.Encoding;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Chooses the form of a file that a client gets (RFC 9110, 12.5.3). */
public final class Negotiation {

    /** Characters after the number are ignored. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d+)?");

    /** A weight that no item has set. */
    private static final double UNSET = -1;

    private final Map<Encoding, Double> weights = new EnumMap<>(Encoding.class);

    private double identity = UNSET;
    private double any = UNSET;

    private Negotiation() {}

    /**
     * Returns the coding with the highest weight, of equal ones the one that the server prefers. Null stands for no
     * coding, which is always possible, and preferred only if the client gives it a higher weight.
     *
     * @param accepted value of {@code accept-encoding}, or null
     */
    public static @Nullable Encoding choose(@Nullable String accepted, Set<Encoding> available) {
        if (accepted == null || available.isEmpty()) return null;
        Negotiation client = new Negotiation();
        client.read(accepted.toLowerCase(Locale.ROOT));
        return client.best(available);
    }

    /** Reads each character once, since a client may send thousands of items. */
    private void read(String header) {
        int length = header.length();
        for (int start = 0; start < length; ) {
            int comma = header.indexOf(',', start);
            int end = comma < 0 ? length : comma;
            if (end > start) item(header.substring(start, end));
            start = end + 1;
        }
    }

    private void item(String item) {
        int semicolon = item.indexOf(';');
        String name = (semicolon < 0 ? item : item.substring(0, semicolon)).strip();
        if (name.equals("*")) {
            any = quality(item, semicolon);
        } else if (name.equals("identity")) {
            if (identity == UNSET) identity = quality(item, semicolon);
        } else {
            for (Encoding encoding : Encoding.values()) {
                if (name.equals(encoding.token())) weights.putIfAbsent(encoding, quality(item, semicolon));
            }
        }
    }

    private @Nullable Encoding best(Set<Encoding> available) {
        Encoding best = null;
        double highest = 0;
        for (Encoding encoding : Encoding.values()) {
            if (!available.contains(encoding)) continue;
            double weight = weights.getOrDefault(encoding, any);
            if (weight > highest) {
                best = encoding;
                highest = weight;
            }
        }
        return highest >= identity ? best : null;
    }

    private static double quality(String item, int semicolon) {
        if (semicolon < 0) return 1;
        for (String parameter : item.substring(semicolon + 1).split(";", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (!name.strip().equals("q")) continue;
            Matcher number = NUMBER.matcher(parameter.substring(equals + 1).strip());
            return number.lookingAt() ? Math.max(0, Double.parseDouble(number.group())) : 0;
        }
        return 1;
    }
}
