package dev.kitbridge.it.parity;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Intended differences for the parsing of requests, and for answers of the app. */
final class IntendedForRequests {

    static final List<Intended> ALL = List.of(
            new Intended("host", IntendedForRequests::hasBadHost, IntendedForRequests::badRequest),
            new Intended("host", IntendedForRequests::hasRewrittenHost, asked -> asked.plain(400, "Bad Request")),
            new Intended(
                    "absolute-form",
                    asked -> asked.ask().target().matches("http://[a-z]+.example/lab/.*"),
                    asked -> asked.asIf(asked.ask()
                            .replacing("http://lab.example", "")
                            .replacing("http://other.example", "")
                            .replacing(
                                    "\r\nhost: lab.example",
                                    asked.ask().target().startsWith("http://other")
                                            ? "\r\nhost: other.example"
                                            : "\r\nhost: lab.example"))),
            new Intended(
                    "no-proxy",
                    asked -> asked.ask().target().startsWith("ftp:")
                            || asked.ask().target().startsWith("http://u:p@"),
                    asked -> asked.plain(400, "Bad Request")),
            new Intended(
                    "transfer-coding",
                    asked -> asked.ask().has("transfer-encoding: gzip, chunked"),
                    asked -> asked.plain(501, "Not Implemented")),
            new Intended(
                    "server-wide",
                    asked -> asked.ask().target().startsWith("*")
                            && asked.expected().status() == 404,
                    IntendedForRequests::badRequest),
            new Intended("connect", asked -> asked.is("CONNECT"), IntendedForRequests::badRequest),
            new Intended(
                    "methods",
                    asked -> asked.is("BREW", "TRACK", "PRI"),
                    asked -> asked.is("BREW") && !asked.runtime().equals("bun")
                            ? asked.asIf(asked.ask().replacing("BREW ", "PROPFIND "))
                                    .replacing("PROPFIND", "BREW")
                            : asked.plain(400, "Bad Request")),
            new Intended("too-long", asked -> asked.ask().target().length() > 16_000, asked -> asked.withStatus(414)),
            new Intended(
                    "expect",
                    asked -> asked.ask().has("\r\nexpect: ") && asked.is("GET"),
                    asked -> asked.with("connection", "close")),
            new Intended("versions", asked -> asked.ask().has(" HTTP/2.0\r\n"), asked -> asked.refused(426)
                    .with("connection", null)),
            new Intended(
                    "versions",
                    asked -> List.of(" HTTP/0.9", " HTTP/1.2", " HTTP/3", " HTTQ/1.1").stream()
                            .anyMatch(version -> asked.ask().has(version + "\r\n")),
                    asked -> asked.refused(505)),
            new Intended(
                    "versions",
                    asked -> asked.ask().has(" http/1.1\r\n"),
                    asked -> asked.asIf(asked.ask().replacing(" http/1.1", " HTTP/1.1"))),
            new Intended(
                    "bare-line-feed",
                    asked -> asked.ask().has(" HTTP/1.1\nhost"),
                    asked -> asked.asIf(asked.ask().replacing("\n", "\r\n"))),
            new Intended(
                    "body-read-before",
                    asked -> asked.path().endsWith("/locked")
                            && asked.expected().status() == 200
                            && (asked.is("GET") || isOnKit2(asked, "/locked")),
                    asked -> asked.plain(500, "Internal Error").with("content-type", "text/plain")),
            new Intended(
                    "fails-before-it-begins",
                    asked ->
                            asked.path().endsWith("/answer") && asked.expected().status() == 0,
                    Case::failed),
            new Intended(
                    "header-that-is-none",
                    asked -> new String(asked.expected().body(), StandardCharsets.ISO_8859_1)
                            .startsWith("TypeError [ERR_INVALID_CHAR]"),
                    Case::failed),
            new Intended("untrue-length", IntendedForRequests::hasUntrueLength, Case::withTrueLength),
            new Intended(
                    "type-less-body",
                    asked -> isOnKit2(asked, "/echo/form")
                            && asked.ask().count("content-type: ") == 0
                            && asked.ask().has("\r\ncontent-length: 3\r\n"),
                    asked -> asked.replacing("\"length\":0,\"body\":\"\"", "\"length\":3,\"body\":\"a=1\"")));

    private IntendedForRequests() {}

    /** Returns whether a path of the app on kit 2 is requested: it has a base path only if it is told one. */
    private static boolean isOnKit2(Case asked, String path) {
        return asked.path().equals(path)
                || (asked.runtime().equals("moved-kit2") && asked.path().equals("/lab" + path));
    }

    /** Expects 400: without a text if Jetty cannot parse the request, else with the server's text. */
    private static Case badRequest(Case asked) {
        boolean byJetty = asked.ours().body().length == 0 && !asked.is("HEAD");
        return byJetty ? asked.refused(400) : asked.plain(400, "Bad Request");
    }

    /** Returns whether the request has a host that a URL parser rewrites. */
    private static boolean hasRewrittenHost(Case asked) {
        return FieldRequests.REWRITTEN_HOSTS.stream()
                        .anyMatch(host -> asked.ask().has("\r\nhost: " + host + "\r\n"))
                || ProxyRequests.BAD_HOSTS.stream()
                        .anyMatch(host -> asked.ask().has("\r\nx-forwarded-host: " + host + "\r\n"));
    }

    /** Returns whether an answer's length is not that of its body. */
    private static boolean hasUntrueLength(Case asked) {
        if (!asked.path().endsWith("/answer") || !asked.has("content-length")) return false;
        int status = asked.expected().status();
        if (status == 204) return true;
        // the head of a stream, with its length, is sent before the body is complete
        if (status != 200 || asked.is("HEAD") || asked.ask().target().endsWith("-stream")) return false;
        String length = String.valueOf(asked.expected().body().length);
        return !asked.expected().values("content-length").equals(length);
    }

    private static boolean hasBadHost(Case asked) {
        return asked.ask().count("host: ") > 1
                || FieldRequests.BAD_HOSTS.stream().anyMatch(host -> asked.ask().has("\r\nhost: " + host + "\r\n"));
    }
}
