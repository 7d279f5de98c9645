package dev.kitbridge.it.parity;

import static java.util.function.Predicate.not;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A difference that is meant to be there; {@code docs/adapter-jvm-parity.md} gives the reason for each.
 *
 * @param name in the docs
 * @param when for which requests
 * @param lines patterns of the lines of a comparison; each request shows at least one, and no other
 */
record Intended(String name, When when, List<String> lines) {

    /** Decides by what was asked, and by what both answered. */
    @FunctionalInterface
    interface When {
        boolean test(Ask ask, Answer theirs, Answer ours);
    }

    private static final String ANY = ".*";

    /** All that there are. */
    static final List<Intended> ALL = List.of(
            of(
                    "smaller-or-not-at-all",
                    Intended::isNotSmaller,
                    "vary: .* -> -",
                    "(content-(encoding|length|range)|etag|body): .*",
                    "status: 206 -> 416",
                    "(accept-ranges|content-type): .* -> -"),
            of(
                    "no-range-of-head",
                    (ask, theirs, ours) ->
                            ask.method().equals("HEAD") && ask.has("\r\nrange: ") && theirs.status() != 200,
                    "status: (206|416) -> 200",
                    "(accept-ranges|content-type|etag): - -> .*",
                    "content-length: .*",
                    "content-range: .* -> -",
                    "vary: .*"),
            of(
                    "prerendered-redirect",
                    (ask, theirs, ours) ->
                            (path(ask).endsWith("/gone") || path(ask).equals("/shop"))
                                    && (is(ask, "GET") || is(ask, "HEAD")),
                    "status: 200 -> 30[18]",
                    "location: - -> .*/(about|products)",
                    "(etag|vary|content-.*|accept-ranges): .* -> .*",
                    "body: .*"),
            of(
                    "percent-in-a-name",
                    (ask, theirs, ours) ->
                            path(ask).contains("/100%") && !path(ask).contains("/100%2525"),
                    ANY),
            of("redirect-to-ascii", (ask, theirs, ours) -> theirs.status() == 0 && ours.status() == 308, ANY),
            of(
                    "body-read-before",
                    (ask, theirs, ours) -> path(ask).endsWith("/locked")
                            && !theirs.headers().equals(ours.headers())
                            && theirs.status() == 200
                            && ours.status() == 500,
                    "status: 200 -> 500",
                    "(content-(type|length)|x-handled|body): .*"),
            of("host", (ask, theirs, ours) -> hasBadHost(ask), ANY),
            of("absolute-form", (ask, theirs, ours) -> ask.target().matches("http://[a-z]+.example/lab/.*"), ANY),
            of("server-wide", (ask, theirs, ours) -> ask.target().startsWith("*") && ours.status() == 400, ANY),
            of(
                    "connect",
                    (ask, theirs, ours) -> is(ask, "CONNECT"),
                    "status: 0 -> 400",
                    "(connection|date|content-.*|end|body): .*"),
            of("methods", (ask, theirs, ours) -> is(ask, "BREW") || is(ask, "TRACK") || is(ask, "PRI"), ANY),
            of("too-long", (ask, theirs, ours) -> ask.target().length() > 16_000, "status: 431 -> 414"),
            of("expect", (ask, theirs, ours) -> ask.has("\r\nexpect: ") && is(ask, "GET"), "connection: keep -> close"),
            of(
                    "versions",
                    (ask, theirs, ours) -> ask.has(" HTTP/0.9\r\n")
                            || ask.has(" HTTP/1.2\r\n")
                            || ask.has(" HTTP/2.0\r\n")
                            || ask.has(" HTTP/3\r\n")
                            || ask.has(" HTTQ/1.1\r\n")
                            || ask.has(" http/1.1\r\n"),
                    ANY),
            of(
                    "files-of-kit-2",
                    Intended::isServedBySirv,
                    "accept-ranges: - -> bytes",
                    "etag: W/\"\\d+-\\d+\" -> \"[^\"]{43}(\\.(br|gz))?\"",
                    "last-modified: .* -> -",
                    "vary: .*",
                    "status: 200 -> 405",
                    "allow: - -> GET, HEAD",
                    "(content-.*|etag): .* -> -",
                    "content-type: [^;]*;? ?-> .*",
                    "body: .*",
                    "content-length: .*"),
            of(
                    "redirects-of-kit-2",
                    (ask, theirs, ours) -> theirs.status() == 308
                            && ours.values("location").startsWith(".")
                            && !theirs.headers().containsKey("x-handled")
                            && theirs.values("location").startsWith("/"),
                    "location: .*"),
            of(
                    "type-of-prerendered",
                    (ask, theirs, ours) -> path(ask).equals("/sitemap.xml") && theirs.status() == 200,
                    "content-type: text/xml -> application/xml"),
            of(
                    "type-less-body",
                    (ask, theirs, ours) -> path(ask).equals("/echo/form")
                            && theirs.body().length != ours.body().length
                            && ask.count("content-type: ") == 0,
                    "body: .*",
                    "content-length: .*"),
            of("bare-line-feed", (ask, theirs, ours) -> ask.has(" HTTP/1.1\nhost"), ANY));

    private static Intended of(String name, When when, String... lines) {
        return new Intended(name, when, List.of(lines));
    }

    static Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (Intended intended : ALL) names.add(intended.name());
        return names;
    }

    /**
     * What is left of the differences of one request when those that are intended are taken away; and those that are
     * intended and were not found.
     *
     * @param seen takes the names of those that were found
     */
    static List<String> unintended(Ask ask, Answer theirs, Answer ours, List<String> lines, Set<String> seen) {
        List<Intended> here =
                ALL.stream().filter(one -> one.when().test(ask, theirs, ours)).toList();
        if (here.isEmpty()) return lines;
        if (lines.isEmpty())
            return here.stream().map(one -> "no longer there: " + one.name()).toList();
        List<String> left = lines.stream()
                .filter(not(line -> here.stream().anyMatch(one -> one.explains(line))))
                .toList();
        if (left.isEmpty()) here.forEach(one -> seen.add(one.name()));
        return left;
    }

    /** Adapter-node of kit 2 gives dates. */
    private static boolean isServedBySirv(Ask ask, Answer theirs, Answer ours) {
        return theirs.headers().containsKey("last-modified");
    }

    private boolean explains(String line) {
        return lines.stream().anyMatch(line::matches);
    }

    private static boolean is(Ask ask, String method) {
        return ask.method().equals(method);
    }

    private static String path(Ask ask) {
        return ask.target().split("\\?", 2)[0];
    }

    private static boolean hasBadHost(Ask ask) {
        return ask.count("host: ") > 1
                || FieldRequests.BAD_HOSTS.stream().anyMatch(host -> ask.has("\r\nhost: " + host + "\r\n"));
    }

    /** Theirs has a compressed form that is larger than the file, or may have one. */
    private static boolean isNotSmaller(Ask ask, Answer theirs, Answer ours) {
        boolean varies =
                theirs.headers().containsKey("vary") && theirs.values("etag").matches("\"[^\"]{43}(\\.(br|gz))?\"");
        if (!varies || ours.status() >= 400 && ours.status() != 416) return false;
        boolean encoded = theirs.headers().containsKey("content-encoding");
        if (encoded && !ours.headers().containsKey("content-encoding")) {
            return theirs.status() != 200 || theirs.body().length >= ours.body().length;
        }
        return !ours.headers().containsKey("vary");
    }
}
