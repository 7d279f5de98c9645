package dev.kitbridge.adapters.jvm.run.settings;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Host and port of a URL or a {@code Host} header (RFC 3986, 3.2; RFC 9110, 7.2). Only hosts that the WHATWG URL parser
 * keeps as they are, apart from case, are accepted: the text that is compared here is the text that the app sees in
 * {@code event.url}. Hence no percent sign, no empty label and no shortened IPv4 address ({@code 0x7f.1}), all of which
 * that parser rewrites.
 *
 * @param host in lower case, an IPv6 address in brackets
 * @param port 0 to 65535, or null
 */
public record Authority(String host, @Nullable Integer port) {

    private static final int LONGEST = 255;

    /** A last label that browsers take for a number, and the whole name for an IPv4 address. */
    private static final Pattern NUMBER = Pattern.compile("\\d+|0x[0-9a-f]*");

    private static final Pattern FOUR_NUMBERS = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

    /** Returns null if the text is anything else than a host with or without a port. */
    public static @Nullable Authority parse(String text) {
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

    /** Every request comes by here, so there is no regular expression on the way of an ordinary name. */
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
        char first = host.charAt(label);
        if (first < '0'
                || first > '9'
                || !NUMBER.matcher(host.substring(label, length)).matches()) return true;
        return length == host.length() && FOUR_NUMBERS.matcher(host).matches() && Cidr.address(host) != null;
    }

    /** The port, or the default port of {@code http} or {@code https}. */
    int portFor(String scheme) {
        if (port != null) return port;
        return scheme.equals("http") ? 80 : 443;
    }

    @Override
    public String toString() {
        return port == null ? host : host + ":" + port;
    }
}
