package dev.kitbridge.adapter.test.tck;

import static dev.kitbridge.adapter.test.tck.RawRequest.get;

import java.util.List;

/** Requests that show which header fields the app receives. */
final class FieldRequests {

    private static final List<String> HOSTS = List.of(
            "other.example",
            "LAB.example",
            "lab.example:8080",
            "lab.example:443",
            "lab.example:80",
            "[::1]:3000",
            "127.0.0.1",
            "xn--gre-6ka8l.example",
            "lab.example.",
            "-",
            "_x");

    /** Hosts that a URL parser rewrites. */
    static final List<String> REWRITTEN_HOSTS = List.of("a%41b", "..", "1.2.3", "0x7f.1");

    /** Invalid hosts. */
    static final List<String> BAD_HOSTS = List.of(
            "",
            "lab.example, other.example",
            "lab example",
            "lab.example/x",
            "lab.example?x",
            "lab.example#x",
            "user@lab.example",
            "lab.example:port",
            "lab.example:99999",
            "gr\u00f6\u00dfe.example",
            "[::1",
            "lab<x>",
            "a\\b",
            "a|b");

    private FieldRequests() {}

    static List<TckCase> below(String base) {
        String echo = base + "/echo/fields";
        Cases cases = new Cases(
                "fields/request",
                "The app gets each field of the request, with the values of repeated ones joined",
                "RFC 9110, 5.2 and 5.5");
        cases.add(get(echo));
        cases.add(get(echo).with("X-Mixed-Exchange", "Kept As Is").with("x-last", "2"));
        cases.add(get(echo).with("x-empty", ""));
        cases.add(get(echo).with("x-space", "  inner  space  "));
        cases.add(get(echo).with("x-tab", "a\tb"));
        cases.add(get(echo).with("x-latin1", "gr\u00f6\u00dfe"));
        cases.add(get(echo).with("x-utf8", "gr\u00c3\u00b6\u00c3\u009fe"));
        cases.add(get(echo).with("x-control", "a\u0001b"));
        cases.add(get(echo).with("x-nul", "a\u0000b"));
        cases.add(get(echo).with("x-del", "a\u007fb"));
        cases.add(get(echo).with("x-long", "l".repeat(7000)));
        cases.add(get(echo).with("x-too-long", "l".repeat(40_000)));
        cases.add(get(echo).with("x_underscore", "1").with("x.dot", "2").with("x!#$%&'*+^`|~", "3"));
        cases.add(get(echo).with("12", "number"));
        cases.add(get(echo).with("x-twice", "1").with("X-Twice", "2").with("x-twice", "3"));
        for (String name : List.of(
                "accept",
                "cookie",
                "user-agent",
                "referer",
                "authorization",
                "origin",
                "content-type",
                "content-length",
                "if-none-match",
                "if-modified-since",
                "from",
                "range",
                "etag",
                "age",
                "expires",
                "location",
                "max-forwards",
                "retry-after",
                "server",
                "accept-language",
                "x-forwarded-for",
                "x-forwarded-proto",
                "x-forwarded-host",
                "forwarded",
                "date",
                "via",
                "proxy-authorization",
                "if-unmodified-since",
                "last-modified",
                "priority",
                "te",
                "trailer",
                "sec-fetch-site")) {
            String first = name.equals("content-length") ? "0" : "1st";
            String second = name.equals("content-length") ? "0" : "2nd";
            cases.add(get(echo).with(name, first));
            cases.add(get(echo).with(name, first).with(name, second));
        }
        cases.demand("fields/cookies", "The app gets the cookies of the request", "RFC 6265, 5.4; SvelteKit: cookies");
        cases.add(get(base + "/").with("cookie", "name=ada"));
        cases.add(get(base + "/").with("cookie", "name=ada; name=bob"));
        cases.add(get(base + "/").with("cookie", "other=1").with("cookie", "name=ada"));
        cases.add(get(base + "/").with("cookie", "name=%C3%A4;;=; x"));
        cases.add(get(base + "/").with("cookie", ""));
        cases.demand(
                "connections/fields",
                "Fields of the connection have their effect; an expectation that is not known does not fail the request",
                "RFC 9110, 7.6.1, 7.8 and 10.1.1");
        cases.add(get(echo).with("connection", "close"));
        cases.add(get(echo).with("connection", "keep-alive"));
        cases.add(get(echo).with("connection", "Keep-Alive, Close"));
        cases.add(get(echo).with("connection", "x-hop").with("x-hop", "1"));
        cases.add(get(echo).with("connection", "upgrade").with("upgrade", "websocket"));
        cases.add(get(echo).with("connection", "upgrade, http2-settings").with("upgrade", "foo/2"));
        cases.add(get(echo).with("keep-alive", "timeout=5"));
        cases.add(get(echo).with("proxy-connection", "keep-alive"));
        cases.add(get(echo).with("expect", "100-continue"));
        cases.add(get(echo).with("expect", "something"));
        cases.add(RawRequest.post(echo)
                .with("expect", "100-continue")
                .with("content-type", "application/json")
                .body("{}"));
        cases.add(get(echo).with("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        cases.demand(
                "fields/host",
                "event.url has the host of the request; a request without a valid host is rejected",
                "RFC 9112, 3.2; RFC 9110, 7.2");
        for (List<String> hosts : List.of(HOSTS, REWRITTEN_HOSTS, BAD_HOSTS)) {
            for (String host : hosts) {
                cases.add(get(echo).without("host").with("host", host));
                cases.add(get(base + "/page.html").without("host").with("host", host));
            }
        }
        cases.add(get(echo).without("host"));
        cases.add(get(base + "/page.html").without("host"));
        cases.add(get(echo).with("host", "lab.example"));
        cases.add(get(echo).with("host", "other.example"));
        cases.demand(
                "fields/forwarded",
                "Fields of proxies are not believed if the server is not told to",
                "RFC 7239, 8.1; adapter-node: ADDRESS_HEADER");
        for (String from : List.of("x-forwarded-for", "x-real-ip", "forwarded", "cf-connecting-ip")) {
            cases.add(get(echo).with(from, "192.0.2.1"));
        }
        return cases.all();
    }
}
