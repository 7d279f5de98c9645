package dev.kitbridge.standalone.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses: {@code 10.0.0.0/8}, {@code fd00::/8}, or one address.
 *
 * @param network its first address
 * @param bits length of the common prefix
 */
public record Cidr(InetAddress network, int bits) {

    private static final Pattern LENGTH = Pattern.compile("\\d{1,3}");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]+(%[\\w.-]+)?");

    /** Parses a range; returns null if the text is invalid. */
    static @Nullable Cidr parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = address(slash < 0 ? text : text.substring(0, slash));
        if (network == null) return null;
        int most = network.getAddress().length * 8;
        if (slash < 0) return new Cidr(network, most);
        String length = text.substring(slash + 1);
        if (!LENGTH.matcher(length).matches() || Integer.parseInt(length) > most) return null;
        return new Cidr(network, Integer.parseInt(length));
    }

    /** Parses an address without a DNS lookup; returns null if the text is invalid. */
    public static @Nullable InetAddress address(String text) {
        boolean four = IPV4.matcher(text).matches();
        if (!four && !(text.indexOf(':') >= 0 && IPV6.matcher(text).matches())) return null;
        int zone = text.indexOf('%');
        try {
            // IPv4-mapped IPv6 addresses become IPv4 addresses
            return InetAddress.getByName(zone < 0 ? text : text.substring(0, zone));
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Returns whether the range contains an address; never true for the other address family. */
    public boolean contains(InetAddress address) {
        byte[] a = network.getAddress();
        byte[] b = address.getAddress();
        if (a.length != b.length) return false;
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> (i & 7);
            if ((a[i >> 3] & mask) != (b[i >> 3] & mask)) return false;
        }
        return true;
    }
}
