package dev.kitbridge.it.parity;

import static dev.kitbridge.it.parity.Ask.get;

import java.util.ArrayList;
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

    static List<Ask> below(String base) {
        String echo = base + "/echo/fields";
        List<Ask> asks = new ArrayList<>();
        asks.add(get(echo).ask());
        asks.add(
                get(echo).with("X-Mixed-Case", "Kept As Is").with("x-last", "2").ask());
        asks.add(get(echo).with("x-empty", "").ask());
        asks.add(get(echo).with("x-space", "  inner  space  ").ask());
        asks.add(get(echo).with("x-tab", "a\tb").ask());
        asks.add(get(echo).with("x-latin1", "gr\u00f6\u00dfe").ask());
        asks.add(get(echo).with("x-utf8", "gr\u00c3\u00b6\u00c3\u009fe").ask());
        asks.add(get(echo).with("x-control", "a\u0001b").ask());
        asks.add(get(echo).with("x-nul", "a\u0000b").ask());
        asks.add(get(echo).with("x-del", "a\u007fb").ask());
        asks.add(get(echo).with("x-long", "l".repeat(7000)).ask());
        asks.add(get(echo).with("x-too-long", "l".repeat(40_000)).ask());
        asks.add(get(echo)
                .with("x_underscore", "1")
                .with("x.dot", "2")
                .with("x!#$%&'*+^`|~", "3")
                .ask());
        asks.add(get(echo).with("12", "number").ask());
        asks.add(get(echo)
                .with("x-twice", "1")
                .with("X-Twice", "2")
                .with("x-twice", "3")
                .ask());
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
            asks.add(get(echo).with(name, first).ask());
            asks.add(get(echo).with(name, first).with(name, second).ask());
        }
        asks.add(get(base + "/").with("cookie", "name=ada").ask());
        asks.add(get(base + "/").with("cookie", "name=ada; name=bob").ask());
        asks.add(get(base + "/")
                .with("cookie", "other=1")
                .with("cookie", "name=ada")
                .ask());
        asks.add(get(base + "/").with("cookie", "name=%C3%A4;;=; x").ask());
        asks.add(get(base + "/").with("cookie", "").ask());
        asks.add(get(echo).with("connection", "close").ask());
        asks.add(get(echo).with("connection", "keep-alive").ask());
        asks.add(get(echo).with("connection", "Keep-Alive, Close").ask());
        asks.add(get(echo).with("connection", "x-hop").with("x-hop", "1").ask());
        asks.add(get(echo)
                .with("connection", "upgrade")
                .with("upgrade", "websocket")
                .ask());
        asks.add(get(echo)
                .with("connection", "upgrade, http2-settings")
                .with("upgrade", "foo/2")
                .ask());
        asks.add(get(echo).with("keep-alive", "timeout=5").ask());
        asks.add(get(echo).with("proxy-connection", "keep-alive").ask());
        asks.add(get(echo).with("expect", "100-continue").ask());
        asks.add(get(echo).with("expect", "something").ask());
        asks.add(Ask.post(echo)
                .with("expect", "100-continue")
                .with("content-type", "application/json")
                .body("{}")
                .ask());
        asks.add(get(echo)
                .with("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .ask());
        for (List<String> hosts : List.of(HOSTS, REWRITTEN_HOSTS, BAD_HOSTS)) {
            for (String host : hosts) {
                asks.add(get(echo).without("host").with("host", host).ask());
                asks.add(get(base + "/page.html")
                        .without("host")
                        .with("host", host)
                        .ask());
            }
        }
        asks.add(get(echo).without("host").ask());
        asks.add(get(base + "/page.html").without("host").ask());
        asks.add(get(echo).with("host", "lab.example").ask());
        asks.add(get(echo).with("host", "other.example").ask());
        for (String from : List.of("x-forwarded-for", "x-real-ip", "forwarded", "cf-connecting-ip")) {
            asks.add(get(echo).with(from, "192.0.2.1").ask());
        }
        return asks;
    }
}
