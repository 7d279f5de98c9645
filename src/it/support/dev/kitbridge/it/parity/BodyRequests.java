package dev.kitbridge.it.parity;

import static dev.kitbridge.it.parity.Ask.get;
import static dev.kitbridge.it.parity.Ask.of;
import static dev.kitbridge.it.parity.Ask.post;

import java.util.ArrayList;
import java.util.List;

/** Requests with bodies in all framings, and further requests after them on the same connection. */
final class BodyRequests {

    private BodyRequests() {}

    static List<Ask> below(String base) {
        String echo = base + "/echo/body";
        String upload = base + "/upload";
        String unread = base + "/unread";
        List<Ask> asks = new ArrayList<>(limits(base, 512 * 1024));
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY")) {
            asks.add(json(method, echo).body("{\"a\":1}").ask());
            asks.add(json(method, echo).body("").ask());
            asks.add(json(method, echo).chunks("{\"a\"", ":1}").ask());
            asks.add(json(method, echo).chunks().ask());
        }
        asks.add(json("POST", upload).body("x".repeat(200_000)).ask());
        asks.add(json("POST", upload)
                .chunks("x".repeat(65_536), "y".repeat(100_000), "z")
                .ask());
        asks.add(json("POST", echo).with("content-length", "5").framed("12345").ask());
        asks.add(json("POST", echo).with("content-length", "+5").framed("12345").ask());
        asks.add(json("POST", echo).with("content-length", "-5").framed("12345").ask());
        asks.add(
                json("POST", echo).with("content-length", "0x5").framed("12345").ask());
        asks.add(json("POST", echo)
                .with("content-length", "five")
                .framed("12345")
                .ask());
        asks.add(json("POST", echo).with("content-length", "").framed("12345").ask());
        asks.add(json("POST", echo).with("content-length", "5 ").framed("12345").ask());
        asks.add(json("POST", echo).with("content-length", "05").framed("12345").ask());
        asks.add(json("POST", echo)
                .with("content-length", "5, 5")
                .framed("12345")
                .ask());
        asks.add(json("POST", echo)
                .with("content-length", "5")
                .with("content-length", "5")
                .framed("12345")
                .ask());
        asks.add(json("POST", echo)
                .with("content-length", "5")
                .with("content-length", "6")
                .framed("123456")
                .ask());
        asks.add(json("POST", echo)
                .with("content-length", "99999999999999999999")
                .framed("12345")
                .ask());
        asks.add(json("POST", echo).with("content-length", "5").chunks("12345").ask());
        asks.add(json("POST", echo)
                .with("transfer-encoding", "gzip, chunked")
                .framed("5\r\n12345\r\n0\r\n\r\n")
                .ask());
        asks.add(json("POST", echo)
                .with("transfer-encoding", "chunked, chunked")
                .framed("5\r\n12345\r\n0\r\n\r\n")
                .ask());
        asks.add(json("POST", echo)
                .with("transfer-encoding", "Chunked")
                .framed("5\r\n12345\r\n0\r\n\r\n")
                .ask());
        asks.add(json("POST", echo)
                .with("transfer-encoding", "identity")
                .framed("12345")
                .ask());
        asks.add(json("POST", echo)
                .with("transfer-encoding", "gzip")
                .framed("12345")
                .ask());
        asks.add(json("POST", echo)
                .with("transfer-encoding", "chunked, gzip")
                .framed("5\r\n12345\r\n0\r\n\r\n")
                .ask());
        asks.add(json("POST", echo)
                .with("transfer-encoding", "xchunked")
                .framed("5\r\n12345\r\n0\r\n\r\n")
                .ask());
        asks.add(json("POST", echo)
                .with("transfer-encoding", "chunked")
                .framed("5;ext=1\r\n12345\r\n0\r\n\r\n")
                .ask());
        asks.add(json("POST", echo)
                .with("transfer-encoding", "chunked")
                .framed("5\r\n12345\r\n0\r\nx-trailer: 1\r\n\r\n")
                .ask());
        asks.add(json("POST", echo)
                .with("transfer-encoding", "chunked")
                .framed("5\n12345\n0\n\n")
                .ask());
        asks.add(json("POST", echo)
                .with("transfer-encoding", "chunked")
                .framed("zz\r\n12345\r\n0\r\n\r\n")
                .ask());
        asks.add(json("POST", echo)
                .with("transfer-encoding", "chunked")
                .framed("-5\r\n12345\r\n0\r\n\r\n")
                .ask());
        asks.add(json("POST", echo)
                .with("transfer-encoding", "chunked")
                .framed("4\r\n12345\r\n0\r\n\r\n")
                .ask());
        asks.add(json("POST", echo)
                .with("transfer-encoding", "chunked")
                .framed("005\r\n12345\r\n000\r\n\r\n")
                .ask());
        asks.add(json("POST", echo)
                .with("transfer-encoding", "chunked")
                .framed("FFFFFFFFFFFFFFFFF\r\n12345\r\n0\r\n\r\n")
                .ask());
        for (Ask.Draft first : List.of(
                post(unread).with("content-type", "application/json").body("x".repeat(100)),
                post(unread).with("content-type", "application/json").body("x".repeat(100_000)),
                post(unread).with("content-type", "application/json").body("x".repeat(500_000)),
                post(unread).with("content-type", "application/json").chunks("x".repeat(100_000), "y".repeat(100_000)),
                json("PUT", unread).body("x".repeat(100_000)),
                json("POST", base + "/none").body("x".repeat(100_000)),
                json("POST", base + "/page.html").body("x".repeat(100)),
                json("POST", base + "/page.html").body("x".repeat(100_000)),
                json("GET", echo).body("x".repeat(100)),
                json("GET", base + "/page.html").body("x".repeat(100)),
                json("DELETE", base + "/methods").body("x".repeat(100)))) {
            asks.add(Ask.pipelined(first, get(echo)));
        }
        asks.add(Ask.pipelined(
                get(base + "/"),
                get(base + "/page.html"),
                get(base + "/answer?what=stream-late"),
                of("HEAD", base + "/page/a"),
                get(base + "/about")));
        asks.add(Ask.pipelined(get(base + "/answer?what=large"), get(base + "/large.txt"), get(echo)));
        asks.add(Ask.pipelined(get(base + "/answer?what=close"), get(echo)));
        asks.add(Ask.pipelined(get(base + "/answer?what=stream-broken"), get(echo)));
        asks.add(Ask.pipelined(
                of("HEAD", base + "/answer?what=large"),
                of("HEAD", base + "/large.txt"),
                get(base + "/answer?what=no-content"),
                get(base + "/answer?what=not-modified"),
                get(echo)));
        String path = base + "/echo/raw";
        asks.add(Ask.raw("GET " + path + " HTTP/1.0\r\n\r\n", "GET"));
        asks.add(Ask.raw("GET " + path + " HTTP/1.0\r\nhost: lab.example\r\n\r\n", "GET"));
        asks.add(Ask.raw("GET " + path + " HTTP/1.0\r\nhost: lab.example\r\nconnection: keep-alive\r\n\r\n", "GET"));
        asks.add(Ask.raw("GET " + base + "/answer?what=stream-late HTTP/1.0\r\nhost: lab.example\r\n\r\n", "GET"));
        asks.add(Ask.raw("GET " + base + "/page.html HTTP/1.0\r\n\r\n", "GET"));
        for (String version :
                List.of("HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/3", "http/1.1", "HTTP/1.1 x", "HTTQ/1.1", "")) {
            asks.add(Ask.raw("GET " + path + " " + version + "\r\nhost: lab.example\r\n\r\n", "GET"));
        }
        asks.add(Ask.raw("\r\n\r\nGET " + path + " HTTP/1.1\r\nhost: lab.example\r\n\r\n", "GET"));
        asks.add(Ask.raw("GET " + path + " HTTP/1.1\nhost: lab.example\n\n", "GET"));
        asks.add(Ask.raw("GET  " + path + " HTTP/1.1\r\nhost: lab.example\r\n\r\n", "GET"));
        asks.add(Ask.raw("GET " + path + "  HTTP/1.1\r\nhost: lab.example\r\n\r\n", "GET"));
        asks.add(Ask.raw("GET " + path + " x HTTP/1.1\r\nhost: lab.example\r\n\r\n", "GET"));
        asks.add(Ask.raw("GET " + path + " HTTP/1.1\r\nhost : lab.example\r\n\r\n", "GET"));
        asks.add(Ask.raw("GET " + path + " HTTP/1.1\r\nhost: lab.example\r\nx-folded: a\r\n b\r\n\r\n", "GET"));
        asks.add(Ask.raw("GET " + path + " HTTP/1.1\r\nhost: lab.example\r\n: nameless\r\n\r\n", "GET"));
        asks.add(Ask.raw("GET " + path + " HTTP/1.1\r\nhost: lab.example\r\nno colon\r\n\r\n", "GET"));
        asks.add(Ask.raw("GET " + path + " HTTP/1.1\r\nhost: lab.example\r\nx y: 1\r\n\r\n", "GET"));
        asks.add(Ask.raw("GET " + path + " HTTP/1.1\r\nhost: lab.example\r\nx(y): 1\r\n\r\n", "GET"));
        asks.add(Ask.raw("GET " + path + " HTTP/1.1\r\nhost: lab.example\r\nx\u00e4: 1\r\n\r\n", "GET"));
        asks.add(Ask.raw("GET " + path + " HTTP/1.1\r\nhost: lab.example\rx-cr: 1\r\n\r\n", "GET"));
        asks.add(Ask.raw("G\u00c4T " + path + " HTTP/1.1\r\nhost: lab.example\r\n\r\n", "GET"));
        asks.add(Ask.raw("G(T " + path + " HTTP/1.1\r\nhost: lab.example\r\n\r\n", "GET"));
        asks.add(Ask.raw("\u0016\u0003\u0001 " + path + " HTTP/1.1\r\n\r\n", "GET"));
        return asks;
    }

    /** Returns requests with bodies around the configured limit. */
    static List<Ask> limits(String base, int limit) {
        String upload = base + "/upload";
        List<Ask> asks = new ArrayList<>();
        for (int length : List.of(limit - 1, limit, limit + 1, limit * 2)) {
            asks.add(json("POST", upload).body("x".repeat(length)).ask());
            asks.add(json("POST", upload)
                    .chunks("x".repeat(length / 2), "y".repeat(length - length / 2))
                    .ask());
            asks.add(Ask.form(base + "/form?/plain", "a=" + "x".repeat(length - 2))
                    .ask());
            asks.add(Ask.form(base + "/form?/unread", "a=" + "x".repeat(length - 2))
                    .ask());
            asks.add(json("POST", base + "/unread").body("x".repeat(length)).ask());
        }
        return asks;
    }

    private static Ask.Draft json(String method, String target) {
        return of(method, target).with("content-type", "application/json");
    }
}
