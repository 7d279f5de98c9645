package dev.kitbridge.it.parity;

import dev.kitbridge.adapter.test.tck.Difference;
import dev.kitbridge.adapter.test.tck.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Difference differences for the parsing of requests, and for answers of the app. */
final class IntendedForRequests {

    static final List<Difference> ALL = List.of(
            new Difference(
                    "methods",
                    asked -> asked.is("BREW", "TRACK", "PRI"),
                    asked -> asked.is("BREW") && !asked.server().equals("bun")
                            ? asked.asIf(asked.request().replacing("BREW ", "PROPFIND "))
                                    .replacing("PROPFIND", "BREW")
                            : asked.plain(400, "Bad Request")),
            new Difference(
                    "expect",
                    asked -> asked.request().has("\r\nexpect: ") && asked.is("GET"),
                    asked -> asked.with("connection", "close")),
            new Difference(
                    "body-read-before",
                    asked -> asked.path().endsWith("/locked")
                            && asked.expected().status() == 200
                            && (asked.is("GET") || isOnKit2(asked, "/locked")),
                    asked -> asked.plain(500, "Internal Error").with("content-type", "text/plain")),
            new Difference(
                    "fails-before-it-begins",
                    asked ->
                            asked.path().endsWith("/answer") && asked.expected().status() == 0,
                    IntendedForRequests::failed),
            new Difference(
                    "header-that-is-none",
                    asked -> new String(asked.expected().body(), StandardCharsets.ISO_8859_1)
                            .startsWith("TypeError [ERR_INVALID_CHAR]"),
                    IntendedForRequests::failed),
            new Difference(
                    "type-less-body",
                    asked -> isOnKit2(asked, "/echo/form")
                            && asked.request().count("content-type: ") == 0
                            && asked.request().has("\r\ncontent-length: 3\r\n"),
                    asked -> asked.replacing("\"length\":0,\"body\":\"\"", "\"length\":3,\"body\":\"a=1\"")));

    private IntendedForRequests() {}

    /** Returns whether a path of the app on kit 2 is requested: it has a base path only if it is told one. */
    private static boolean isOnKit2(Exchange asked, String path) {
        return asked.path().equals(path)
                || (asked.server().equals("moved-kit2") && asked.path().equals("/lab" + path));
    }

    /** Expects that the answer fails before its head. */
    private static Exchange failed(Exchange asked) {
        return asked.plain(500, "Internal Error")
                .with("content-type", "text/plain")
                .with("connection", asked.request().has("\r\nconnection: close") ? "close" : null);
    }
}
