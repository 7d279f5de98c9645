package dev.kitbridge.it.parity;

import static dev.kitbridge.it.parity.Ask.form;
import static dev.kitbridge.it.parity.Ask.get;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests with forwarding headers, for servers that trust them. */
final class ProxyRequests {

    /** The environment variables of these servers. */
    static final Map<String, String> ENVIRONMENT = Map.of(
            "PROTOCOL_HEADER", "X-Forwarded-Proto",
            "HOST_HEADER", "x-forwarded-host",
            "PORT_HEADER", "x-forwarded-port",
            "ADDRESS_HEADER", "X-Forwarded-For",
            "XFF_DEPTH", "2",
            "BODY_SIZE_LIMIT", "1K");

    private static final List<String> HOSTS =
            List.of("shop.example", "shop.example:8443", "SHOP.example", "", "[2001:db8::1]");

    /** Hosts with a slash: the official server treats the part after it as the request's path. */
    static final List<String> BAD_HOSTS = List.of(
            "a.example, b.example",
            "evil.example/path?x=",
            "evil.example#",
            "user:pw@evil.example",
            "a b",
            "%2f",
            "gr\u00f6\u00dfe.example");

    private ProxyRequests() {}

    static List<Ask> below(String base) {
        String echo = base + "/echo/proxy";
        List<Ask> asks = new ArrayList<>();
        asks.add(get(echo).ask());
        asks.add(get(base + "/").ask());
        asks.add(get(base + "/page.html").with("x-forwarded-proto", "a:b").ask());
        for (String protocol : List.of(
                "http",
                "https",
                "HTTPS",
                "",
                "ftp",
                "http:",
                "https://evil.example/",
                "http%3A",
                "a%20b",
                "%zz",
                "a+b",
                "https,http",
                "https, http",
                "javascript",
                "data",
                "file",
                "ws",
                "h t",
                "ö",
                "1")) {
            asks.add(get(echo).with("x-forwarded-proto", protocol).ask());
        }
        asks.add(get(echo)
                .with("x-forwarded-proto", "http")
                .with("x-forwarded-proto", "https")
                .ask());
        for (List<String> hosts : List.of(HOSTS, BAD_HOSTS)) {
            for (String host : hosts)
                asks.add(get(echo).with("x-forwarded-host", host).ask());
        }
        asks.add(get(echo)
                .with("x-forwarded-host", "a.example")
                .with("x-forwarded-host", "b.example")
                .ask());
        asks.add(get(echo)
                .without("host")
                .with("x-forwarded-host", "shop.example")
                .ask());
        for (String port : List.of(
                "8443",
                "443",
                "80",
                "",
                "0",
                "65536",
                "99999",
                "abc",
                "80a",
                "-1",
                "1.5",
                "1e3",
                "0x50",
                " 81 ",
                "080",
                "+80",
                "80,81",
                "Infinity",
                ".",
                "00")) {
            asks.add(get(echo).with("x-forwarded-port", port).ask());
        }
        asks.add(get(echo)
                .with("x-forwarded-port", "1")
                .with("x-forwarded-port", "2")
                .ask());
        asks.add(get(echo)
                .without("host")
                .with("host", "lab.example:8080")
                .with("x-forwarded-port", "9090")
                .ask());
        asks.add(get(echo)
                .with("x-forwarded-proto", "http")
                .with("x-forwarded-host", "shop.example")
                .with("x-forwarded-port", "8080")
                .with("x-forwarded-for", "192.0.2.1, 198.51.100.2")
                .ask());
        for (String addresses : List.of(
                "192.0.2.1",
                "192.0.2.1, 198.51.100.2",
                "192.0.2.1,198.51.100.2 , 203.0.113.3",
                "",
                ",",
                "a,",
                ", b",
                "unknown, 192.0.2.1",
                "2001:db8::1, [::1]:80",
                "ö, x")) {
            asks.add(get(echo).with("x-forwarded-for", addresses).ask());
        }
        asks.add(get(echo)
                .with("x-forwarded-for", "192.0.2.1")
                .with("X-Forwarded-For", "198.51.100.2")
                .ask());
        for (String origin : List.of("http://shop.example:8080", "https://lab.example", "http://shop.example")) {
            asks.add(form(base + "/form?/plain", "a=1")
                    .without("origin")
                    .with("origin", origin)
                    .with("x-forwarded-proto", "http")
                    .with("x-forwarded-host", "shop.example")
                    .with("x-forwarded-port", "8080")
                    .ask());
        }
        asks.addAll(BodyRequests.limits(base, 1024));
        return asks;
    }
}
