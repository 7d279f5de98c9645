package dev.kitbridge.standalone.abuse;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A notation for octets on one line: {@code ⏎} is CR LF; {@code \r \n \t \0 \\ \xHH} are single octets; <code>{text*3}
 * </code> is the text three times; <code>{file}</code> and <code>[file]</code> are a path that a server fills in; any
 * other character is an octet of ISO 8859-1.
 */
final class Octets {

    private static final Pattern REPEATED = Pattern.compile("\\{([^{}]+)\\*(\\d+)}");

    private Octets() {}

    /** @param paths paths by their names */
    static byte[] of(String notation, Map<String, String> paths) {
        String text = notation;
        for (Map.Entry<String, String> path : paths.entrySet()) {
            text = text.replace("{" + path.getKey() + "}", path.getValue())
                    .replace("[" + path.getKey() + "]", path.getValue());
        }
        text = REPEATED.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2)))));
        return unescape(text).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String unescape(String text) {
        StringBuilder octets = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '⏎') {
                octets.append("\r\n");
            } else if (c != '\\') {
                octets.append(c);
            } else {
                char kind = text.charAt(++i);
                switch (kind) {
                    case 'r' -> octets.append('\r');
                    case 'n' -> octets.append('\n');
                    case 't' -> octets.append('\t');
                    case '0' -> octets.append('\0');
                    case '\\' -> octets.append('\\');
                    case 'x' -> {
                        octets.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
                        i += 2;
                    }
                    default -> throw new IllegalArgumentException("\\" + kind + " in " + text);
                }
            }
        }
        return octets.toString();
    }
}
