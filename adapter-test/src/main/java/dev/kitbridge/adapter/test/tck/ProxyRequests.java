package dev.kitbridge.adapter.test.tck;

import static dev.kitbridge.adapter.test.tck.RawRequest.form;
import static dev.kitbridge.adapter.test.tck.RawRequest.get;

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

    static List<TckCase> below(String base) {
        String echo = base + "/echo/proxy";
        Cases cases = new Cases(
                "proxy/fields",
                "With trusted fields of a proxy, event.url and the client's address come from them; an invalid value is rejected",
                "adapter-node: PROTOCOL_HEADER, HOST_HEADER, PORT_HEADER, ADDRESS_HEADER, XFF_DEPTH");
        cases.add(get(echo));
        cases.add(get(base + "/"));
        cases.add(get(base + "/page.html").with("x-forwarded-proto", "a:b"));
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
            cases.add(get(echo).with("x-forwarded-proto", protocol));
        }
        cases.add(get(echo).with("x-forwarded-proto", "http").with("x-forwarded-proto", "https"));
        for (List<String> hosts : List.of(HOSTS, BAD_HOSTS)) {
            for (String host : hosts) cases.add(get(echo).with("x-forwarded-host", host));
        }
        cases.add(get(echo).with("x-forwarded-host", "a.example").with("x-forwarded-host", "b.example"));
        cases.add(get(echo).without("host").with("x-forwarded-host", "shop.example"));
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
            cases.add(get(echo).with("x-forwarded-port", port));
        }
        cases.add(get(echo).with("x-forwarded-port", "1").with("x-forwarded-port", "2"));
        cases.add(get(echo).without("host").with("host", "lab.example:8080").with("x-forwarded-port", "9090"));
        cases.add(get(echo)
                .with("x-forwarded-proto", "http")
                .with("x-forwarded-host", "shop.example")
                .with("x-forwarded-port", "8080")
                .with("x-forwarded-for", "192.0.2.1, 198.51.100.2"));
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
            cases.add(get(echo).with("x-forwarded-for", addresses));
        }
        cases.add(get(echo).with("x-forwarded-for", "192.0.2.1").with("X-Forwarded-For", "198.51.100.2"));
        for (String origin : List.of("http://shop.example:8080", "https://lab.example", "http://shop.example")) {
            cases.add(form(base + "/form?/plain", "a=1")
                    .without("origin")
                    .with("origin", origin)
                    .with("x-forwarded-proto", "http")
                    .with("x-forwarded-host", "shop.example")
                    .with("x-forwarded-port", "8080"));
        }
        cases.addAll(BodyRequests.limits(base, 1024));
        return cases.all();
    }
}
