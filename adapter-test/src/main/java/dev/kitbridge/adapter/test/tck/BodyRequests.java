package dev.kitbridge.adapter.test.tck;

import static dev.kitbridge.adapter.test.tck.RawRequest.get;
import static dev.kitbridge.adapter.test.tck.RawRequest.post;
import static dev.kitbridge.adapter.test.tck.RawRequest.request;

import java.util.List;

/** Requests with bodies in all framings, and further requests after them on the same connection. */
final class BodyRequests {

    private BodyRequests() {}

    static List<TckCase> below(String base) {
        String echo = base + "/echo/body";
        String upload = base + "/upload";
        String unread = base + "/unread";
        Cases cases = new Cases(
                "bodies/framing",
                "A body ends where its length or its chunks say; a request that says it in two ways is rejected",
                "RFC 9112, 6.1 to 6.3 and 7.1");
        cases.addAll(limits(base, 512 * 1024));
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY")) {
            cases.add(json(method, echo).body("{\"a\":1}"));
            cases.add(json(method, echo).body(""));
            cases.add(json(method, echo).chunks("{\"a\"", ":1}"));
            cases.add(json(method, echo).chunks());
        }
        cases.add(json("POST", upload).body("x".repeat(200_000)));
        cases.add(json("POST", upload).chunks("x".repeat(65_536), "y".repeat(100_000), "z"));
        cases.add(json("POST", echo).with("content-length", "5").framed("12345"));
        cases.add(json("POST", echo).with("content-length", "+5").framed("12345"));
        cases.add(json("POST", echo).with("content-length", "-5").framed("12345"));
        cases.add(json("POST", echo).with("content-length", "0x5").framed("12345"));
        cases.add(json("POST", echo).with("content-length", "five").framed("12345"));
        cases.add(json("POST", echo).with("content-length", "").framed("12345"));
        cases.add(json("POST", echo).with("content-length", "5 ").framed("12345"));
        cases.add(json("POST", echo).with("content-length", "05").framed("12345"));
        cases.add(json("POST", echo).with("content-length", "5, 5").framed("12345"));
        cases.add(json("POST", echo)
                .with("content-length", "5")
                .with("content-length", "5")
                .framed("12345"));
        cases.add(json("POST", echo)
                .with("content-length", "5")
                .with("content-length", "6")
                .framed("123456"));
        cases.add(json("POST", echo)
                .with("content-length", "99999999999999999999")
                .framed("12345"));
        cases.add(json("POST", echo).with("content-length", "5").chunks("12345"));
        cases.add(json("POST", echo).with("transfer-encoding", "gzip, chunked").framed("5\r\n12345\r\n0\r\n\r\n"));
        cases.add(
                json("POST", echo).with("transfer-encoding", "chunked, chunked").framed("5\r\n12345\r\n0\r\n\r\n"));
        cases.add(json("POST", echo).with("transfer-encoding", "Chunked").framed("5\r\n12345\r\n0\r\n\r\n"));
        cases.add(json("POST", echo).with("transfer-encoding", "identity").framed("12345"));
        cases.add(json("POST", echo).with("transfer-encoding", "gzip").framed("12345"));
        cases.add(json("POST", echo).with("transfer-encoding", "chunked, gzip").framed("5\r\n12345\r\n0\r\n\r\n"));
        cases.add(json("POST", echo).with("transfer-encoding", "xchunked").framed("5\r\n12345\r\n0\r\n\r\n"));
        cases.add(json("POST", echo).with("transfer-encoding", "chunked").framed("5;ext=1\r\n12345\r\n0\r\n\r\n"));
        cases.add(json("POST", echo)
                .with("transfer-encoding", "chunked")
                .framed("5\r\n12345\r\n0\r\nx-trailer: 1\r\n\r\n"));
        cases.add(json("POST", echo).with("transfer-encoding", "chunked").framed("5\n12345\n0\n\n"));
        cases.add(json("POST", echo).with("transfer-encoding", "chunked").framed("zz\r\n12345\r\n0\r\n\r\n"));
        cases.add(json("POST", echo).with("transfer-encoding", "chunked").framed("-5\r\n12345\r\n0\r\n\r\n"));
        cases.add(json("POST", echo).with("transfer-encoding", "chunked").framed("4\r\n12345\r\n0\r\n\r\n"));
        cases.add(json("POST", echo).with("transfer-encoding", "chunked").framed("005\r\n12345\r\n000\r\n\r\n"));
        cases.add(json("POST", echo)
                .with("transfer-encoding", "chunked")
                .framed("FFFFFFFFFFFFFFFFF\r\n12345\r\n0\r\n\r\n"));
        cases.demand(
                "bodies/unread",
                "After a body that the app did not read, the next request on the connection is answered, or the connection closes",
                "RFC 9112, 9.3");
        for (RawRequest.Draft first : List.of(
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
            cases.add(RawRequest.pipelined(first, get(echo)));
        }
        cases.demand(
                "connections/pipelining",
                "Requests that arrive together are answered in their order",
                "RFC 9112, 9.3.2");
        cases.add(RawRequest.pipelined(
                get(base + "/"),
                get(base + "/page.html"),
                get(base + "/answer?what=stream-late"),
                request("HEAD", base + "/page/a"),
                get(base + "/about")));
        cases.add(RawRequest.pipelined(get(base + "/answer?what=large"), get(base + "/large.txt"), get(echo)));
        cases.add(RawRequest.pipelined(get(base + "/answer?what=close"), get(echo)));
        cases.add(RawRequest.pipelined(get(base + "/answer?what=stream-broken"), get(echo)));
        cases.add(RawRequest.pipelined(
                request("HEAD", base + "/answer?what=large"),
                request("HEAD", base + "/large.txt"),
                get(base + "/answer?what=no-content"),
                get(base + "/answer?what=not-modified"),
                get(echo)));
        cases.demand(
                "connections/versions",
                "HTTP/1.0 is answered without chunks; a version that the server does not speak is rejected",
                "RFC 9110, 2.5; RFC 9112, 2.3 and 9.3");
        String path = base + "/echo/raw";
        cases.add(RawRequest.raw("GET " + path + " HTTP/1.0\r\n\r\n", "GET"));
        cases.add(RawRequest.raw("GET " + path + " HTTP/1.0\r\nhost: lab.example\r\n\r\n", "GET"));
        cases.add(RawRequest.raw(
                "GET " + path + " HTTP/1.0\r\nhost: lab.example\r\nconnection: keep-alive\r\n\r\n", "GET"));
        cases.add(RawRequest.raw(
                "GET " + base + "/answer?what=stream-late HTTP/1.0\r\nhost: lab.example\r\n\r\n", "GET"));
        cases.add(RawRequest.raw("GET " + base + "/page.html HTTP/1.0\r\n\r\n", "GET"));
        for (String version :
                List.of("HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/3", "http/1.1", "HTTP/1.1 x", "HTTQ/1.1", "")) {
            cases.add(RawRequest.raw("GET " + path + " " + version + "\r\nhost: lab.example\r\n\r\n", "GET"));
        }
        cases.demand(
                "connections/syntax",
                "A request that is not HTTP is rejected with 400 and does not reach the app",
                "RFC 9112, 2.2 to 3 and 5.1");
        cases.add(RawRequest.raw("\r\n\r\nGET " + path + " HTTP/1.1\r\nhost: lab.example\r\n\r\n", "GET"));
        cases.add(RawRequest.raw("GET " + path + " HTTP/1.1\nhost: lab.example\n\n", "GET"));
        cases.add(RawRequest.raw("GET  " + path + " HTTP/1.1\r\nhost: lab.example\r\n\r\n", "GET"));
        cases.add(RawRequest.raw("GET " + path + "  HTTP/1.1\r\nhost: lab.example\r\n\r\n", "GET"));
        cases.add(RawRequest.raw("GET " + path + " x HTTP/1.1\r\nhost: lab.example\r\n\r\n", "GET"));
        cases.add(RawRequest.raw("GET " + path + " HTTP/1.1\r\nhost : lab.example\r\n\r\n", "GET"));
        cases.add(RawRequest.raw("GET " + path + " HTTP/1.1\r\nhost: lab.example\r\nx-folded: a\r\n b\r\n\r\n", "GET"));
        cases.add(RawRequest.raw("GET " + path + " HTTP/1.1\r\nhost: lab.example\r\n: nameless\r\n\r\n", "GET"));
        cases.add(RawRequest.raw("GET " + path + " HTTP/1.1\r\nhost: lab.example\r\nno colon\r\n\r\n", "GET"));
        cases.add(RawRequest.raw("GET " + path + " HTTP/1.1\r\nhost: lab.example\r\nx y: 1\r\n\r\n", "GET"));
        cases.add(RawRequest.raw("GET " + path + " HTTP/1.1\r\nhost: lab.example\r\nx(y): 1\r\n\r\n", "GET"));
        cases.add(RawRequest.raw("GET " + path + " HTTP/1.1\r\nhost: lab.example\r\nx\u00e4: 1\r\n\r\n", "GET"));
        cases.add(RawRequest.raw("GET " + path + " HTTP/1.1\r\nhost: lab.example\rx-cr: 1\r\n\r\n", "GET"));
        cases.add(RawRequest.raw("G\u00c4T " + path + " HTTP/1.1\r\nhost: lab.example\r\n\r\n", "GET"));
        cases.add(RawRequest.raw("G(T " + path + " HTTP/1.1\r\nhost: lab.example\r\n\r\n", "GET"));
        cases.add(RawRequest.raw("\u0016\u0003\u0001 " + path + " HTTP/1.1\r\n\r\n", "GET"));
        return cases.all();
    }

    /** Returns requests with bodies around the configured limit. */
    static List<TckCase> limits(String base, int limit) {
        String upload = base + "/upload";
        Cases cases = new Cases(
                "limits/bodies",
                "A body larger than the limit is rejected with 413, wherever it ends",
                "RFC 9110, 15.5.14; adapter-node: BODY_SIZE_LIMIT");
        for (int length : List.of(limit - 1, limit, limit + 1, limit * 2)) {
            cases.add(json("POST", upload).body("x".repeat(length)));
            cases.add(json("POST", upload).chunks("x".repeat(length / 2), "y".repeat(length - length / 2)));
            cases.add(RawRequest.form(base + "/form?/plain", "a=" + "x".repeat(length - 2)));
            cases.add(RawRequest.form(base + "/form?/unread", "a=" + "x".repeat(length - 2)));
            cases.add(json("POST", base + "/unread").body("x".repeat(length)));
        }
        return cases.all();
    }

    private static RawRequest.Draft json(String method, String target) {
        return request(method, target).with("content-type", "application/json");
    }
}
