package dev.kitbridge.standalone.settings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Host and port of a URL or a {@code Host} header (RFC 3986, 3.2; RFC 9110, 7.2). Accepts only hosts that the WHATWG
 * URL parser leaves unchanged apart from case, so that the app sees the same host in {@code event.url}. Percent signs,
 * empty labels and shortened IPv4 addresses ({@code 0x7f.1}), which that parser rewrites, are rejected.
 *
 * @param host in lower case, an IPv6 address in brackets
 * @param port 0 to 65535, or null
 */
public record Authority(String host, @Nullable Integer port) {

    private static final int LONGEST = 255;

    /** The last parsed text: nearly all requests name the same host. */
    private static volatile Parsed last = new Parsed("", null);

    private record Parsed(String text, @Nullable Authority authority) {}

    /** Parses a host with or without a port; returns null if the text is invalid. */
    public static @Nullable Authority parse(String text) {
        Parsed known = last;
        if (!known.text.equals(text)) {
            known = new Parsed(text, parseAnew(text));
            last = known;
        }
        return known.authority;
    }

    private static @Nullable Authority parseAnew(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < text.lastIndexOf(']')) colon = -1;
        String host = (colon < 0 ? text : text.substring(0, colon)).toLowerCase(Locale.ROOT);
        if (host.length() > LONGEST || !(host.startsWith("[") ? isIpv6(host) : isName(host))) return null;
        // an empty port is the default one (RFC 3986, section 3.2.3)
        if (colon < 0 || colon == text.length() - 1) return new Authority(host, null);
        int port = port(text, colon + 1);
        return port < 0 ? null : new Authority(host, port);
    }

    private static int port(String text, int start) {
        int digits = text.length() - start;
        if (digits > 5) return -1;
        int port = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') return -1;
            port = port * 10 + c - '0';
        }
        return port > 65535 ? -1 : port;
    }

    private static boolean isIpv6(String host) {
        if (!host.endsWith("]") || host.indexOf('%') >= 0) return false;
        String address = host.substring(1, host.length() - 1);
        return address.indexOf(':') >= 0 && Cidr.address(address) != null;
    }

    /** Called for every request, so there are no regular expressions here. */
    private static boolean isName(String host) {
        int length = host.endsWith(".") ? host.length() - 1 : host.length(); // the root's dot
        int label = 0;
        for (int i = 0; i < length; i++) {
            char c = host.charAt(i);
            if (c == '.') {
                if (i == label) return false;
                label = i + 1;
            } else if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' && c != '~') {
                return false;
            }
        }
        if (label == length) return false;
        if (!isNumber(host, label, length)) return true;
        return length == host.length() && isIpv4(host);
    }

    /** Returns whether browsers parse a name with this last label as an IPv4 address. */
    private static boolean isNumber(String host, int start, int end) {
        boolean hexadecimal = host.startsWith("0x", start);
        for (int i = hexadecimal ? start + 2 : start; i < end; i++) {
            char c = host.charAt(i);
            if ((c < '0' || c > '9') && (!hexadecimal || c < 'a' || c > 'f')) return false;
        }
        return true;
    }

    /** Returns whether the text is four decimal numbers without leading zeros. */
    private static boolean isIpv4(String host) {
        int numbers = 0;
        int start = 0;
        while (start <= host.length()) {
            int dot = host.indexOf('.', start);
            int end = dot < 0 ? host.length() : dot;
            int digits = end - start;
            if (digits < 1 || digits > 3 || (digits > 1 && host.charAt(start) == '0')) return false;
            int number = 0;
            for (int i = start; i < end; i++) {
                char c = host.charAt(i);
                if (c < '0' || c > '9') return false;
                number = 10 * number + c - '0';
            }
            if (number > 255) return false;
            numbers++;
            start = end + 1;
        }
        return numbers == 4;
    }

    /** Returns the port, or the default port of {@code http} or {@code https}. */
    int portFor(String scheme) {
        if (port != null) return port;
        return scheme.equals("http") ? 80 : 443;
    }

    @Override
    public String toString() {
        return port == null ? host : host + ":" + port;
    }
}
