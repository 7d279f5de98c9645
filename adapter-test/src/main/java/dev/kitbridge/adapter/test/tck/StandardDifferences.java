package dev.kitbridge.adapter.test.tck;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Differences that the suite permits to every server: a standard demands or allows the other response, or
 * adapter-node's is a mistake. The report names those that occur.
 */
public final class StandardDifferences {

    private static final String ENCODED = "%E3%81%8B%E3%82%82%E3%82%81";

    private static final List<Difference> REQUESTS = List.of(
            // RFC 9112, 3.2
            new Difference("host", StandardDifferences::hasBadHost, StandardDifferences::badRequest),
            new Difference("host", StandardDifferences::hasRewrittenHost, asked -> asked.plain(400, "Bad Request")),
            // RFC 9112, 3.2.2
            new Difference(
                    "absolute-form",
                    asked -> asked.request().target().matches("http://[a-z]+.example/lab/.*"),
                    StandardDifferences::withHostOfTarget),
            // RFC 9110, 4.2.4
            new Difference(
                    "no-proxy",
                    asked -> asked.request().target().startsWith("ftp:")
                            || asked.request().target().startsWith("http://u:p@"),
                    asked -> asked.plain(400, "Bad Request")),
            // RFC 9112, 6.1
            new Difference(
                    "transfer-coding",
                    asked -> asked.request().has("transfer-encoding: gzip, chunked"),
                    asked -> asked.plain(501, "Not Implemented")),
            new Difference(
                    "server-wide",
                    asked -> asked.request().target().startsWith("*")
                            && asked.expected().status() == 404,
                    StandardDifferences::badRequest),
            new Difference("connect", asked -> asked.is("CONNECT"), StandardDifferences::badRequest),
            // RFC 9110, 15.5.15
            new Difference(
                    "too-long", asked -> asked.request().target().length() > 16_000, asked -> asked.withStatus(414)),
            // RFC 9110, 15.6.6
            new Difference("versions", asked -> asked.request().has(" HTTP/2.0\r\n"), asked -> asked.refused(426)
                    .with("connection", null)),
            new Difference("versions", StandardDifferences::hasOtherVersion, asked -> asked.refused(505)),
            new Difference(
                    "versions",
                    asked -> asked.request().has(" http/1.1\r\n"),
                    asked -> asked.asIf(asked.request().replacing(" http/1.1", " HTTP/1.1"))),
            // RFC 9112, 2.2
            new Difference(
                    "bare-line-feed",
                    asked -> asked.request().has(" HTTP/1.1\nhost"),
                    asked -> asked.asIf(asked.request().replacing("\n", "\r\n"))),
            // RFC 9112, 6.3; RFC 9110, 8.6
            new Difference("untrue-length", StandardDifferences::hasUntrueLength, Exchange::withTrueLength));

    private static final List<Difference> FILES = List.of(
            new Difference(
                    "percent-in-a-name",
                    asked -> asked.expected().status() == 404
                            && asked.path().contains("/100%25")
                            && !asked.path().contains("/100%2525"),
                    asked -> asked.asIf(asked.request().replacing("/100%25", "/100%"))),
            new Difference(
                    "percent-in-a-name",
                    asked -> asked.actual().status() != 200 && asked.path().matches(".*/100%(\\.txt)?"),
                    asked -> asked.asIf(asked.request().replacing("/100%", "/101%"))
                            .replacing("/101%", "/100%")),
            new Difference(
                    "redirect-to-ascii",
                    asked -> asked.expected().status() == 0 && asked.path().endsWith(ENCODED + "/"),
                    asked -> asked.expecting(
                            new RawResponse(308, Map.of("location", List.of("../" + ENCODED)), new byte[0], false))),
            // RFC 9110, 14.2
            new Difference(
                    "no-range-of-head",
                    asked -> asked.is("HEAD")
                            && List.of(206, 416).contains(asked.expected().status()),
                    asked -> asked.asIf(asked.request().without("range"))),
            // RFC 9110, 14.1.1
            new Difference(
                    "range-that-ends-before-it-begins",
                    asked -> asked.request().has("\r\nrange: bytes=9-5\r\n")
                            && asked.expected().status() == 416,
                    asked -> asked.asIf(asked.request().without("range"))));

    /** The differences, in the order in which they apply: before those that do not change the request. */
    static final List<Difference> ALL =
            Stream.of(REQUESTS, FILES).flatMap(List::stream).toList();

    private StandardDifferences() {}

    /**
     * Returns the differences, for a server that is expected to have all of them.
     *
     * @return the differences in the order in which they apply
     */
    public static List<Difference> all() {
        return ALL;
    }

    private static Exchange withHostOfTarget(Exchange asked) {
        boolean other = asked.request().target().startsWith("http://other");
        return asked.asIf(asked.request()
                .replacing("http://lab.example", "")
                .replacing("http://other.example", "")
                .replacing("\r\nhost: lab.example", other ? "\r\nhost: other.example" : "\r\nhost: lab.example"));
    }

    private static boolean hasOtherVersion(Exchange asked) {
        return Stream.of(" HTTP/0.9", " HTTP/1.2", " HTTP/3", " HTTQ/1.1")
                .anyMatch(version -> asked.request().has(version + "\r\n"));
    }

    /** Expects 400, without a text if the HTTP parser rejects the request before the server sees it. */
    private static Exchange badRequest(Exchange asked) {
        boolean byParser = asked.actual().body().length == 0 && !asked.is("HEAD");
        return byParser ? asked.refused(400) : asked.plain(400, "Bad Request");
    }

    private static boolean hasBadHost(Exchange asked) {
        return asked.request().count("host: ") > 1
                || FieldRequests.BAD_HOSTS.stream()
                        .anyMatch(host -> asked.request().has("\r\nhost: " + host + "\r\n"));
    }

    /** Returns whether the request has a host that a URL parser rewrites. */
    private static boolean hasRewrittenHost(Exchange asked) {
        return FieldRequests.REWRITTEN_HOSTS.stream()
                        .anyMatch(host -> asked.request().has("\r\nhost: " + host + "\r\n"))
                || ProxyRequests.BAD_HOSTS.stream()
                        .anyMatch(host -> asked.request().has("\r\nx-forwarded-host: " + host + "\r\n"));
    }

    /** Returns whether the length of adapter-node's response is not that of its body. */
    private static boolean hasUntrueLength(Exchange asked) {
        if (!asked.path().endsWith("/answer") || !asked.has("content-length")) return false;
        int status = asked.expected().status();
        if (status == 204) return true;
        // the head of a stream, with its length, is sent before the body is complete
        if (status != 200 || asked.is("HEAD") || asked.request().target().endsWith("-stream")) return false;
        String length = String.valueOf(asked.expected().body().length);
        return !asked.expected().values("content-length").equals(length);
    }
}
