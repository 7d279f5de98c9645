package dev.kitbridge.it.parity;

import static dev.kitbridge.it.parity.Ask.get;
import static dev.kitbridge.it.parity.Ask.of;
import static dev.kitbridge.it.parity.Ask.post;

import java.util.ArrayList;
import java.util.List;

/** Requests for all kinds of answers of an app, failures included. */
final class AnswerRequests {

    private static final List<String> ANSWERS = List.of(
            "nothing",
            "empty-text",
            "no-content",
            "not-modified",
            "reset-content",
            "teapot",
            "created",
            "status-299",
            "status-599",
            "binary",
            "blob",
            "large",
            "large-text",
            "window",
            "own-length",
            "own-length-stream",
            "etag",
            "latin1",
            "many",
            "server",
            "date",
            "close",
            "chunked",
            "encoded",
            "stream",
            "stream-late",
            "stream-empty",
            "stream-empty-chunks",
            "stream-broken",
            "stream-large",
            "events",
            "events-with-charset",
            "long-header",
            "headers-40k",
            "chunk-text-late",
            "length-204",
            "length-304");

    /** Requests whose official answers make the next answer on the connection unreadable. */
    private static final List<String> LAST_ANSWERS = List.of(
            "chunk-text",
            "chunk-number",
            "chunk-number-late",
            "chunk-object",
            "error-at-once",
            "control",
            "delete",
            "length-abc",
            "length-negative",
            "length-huge",
            "length-small",
            "length-large",
            "length-large-stream");

    private AnswerRequests() {}

    static List<Ask> below(String base) {
        List<Ask> asks = new ArrayList<>();
        for (String what : ANSWERS) {
            asks.add(get(base + "/answer?what=" + what).ask());
            // there, a race decides whether the head arrives before the end
            if (!what.equals("stream-broken"))
                asks.add(of("HEAD", base + "/answer?what=" + what).ask());
            asks.add(post(base + "/answer?what=" + what)
                    .with("content-type", "application/json")
                    .body("{}")
                    .ask());
        }
        for (String what : LAST_ANSWERS) {
            asks.add(get(base + "/answer?what=" + what)
                    .with("connection", "close")
                    .ask());
        }
        for (String target : List.of("/head", "/head?length")) {
            asks.add(get(base + target).ask());
            asks.add(of("HEAD", base + target).ask());
        }
        asks.add(get(base + "/broken/control").ask());
        asks.add(
                get(base + "/answer?what=etag").with("if-none-match", "\"tag\"").ask());
        asks.add(get(base + "/answer?what=large-text")
                .with("accept-encoding", "gzip, br")
                .ask());
        asks.add(
                get(base + "/answer?what=large-text").with("range", "bytes=0-9").ask());
        asks.add(get(base + "/answer?what=unknown").ask());
        for (String what : List.of("throw", "error", "redirect", "absolute", "nothing")) {
            for (String accept :
                    List.of("*/*", "text/html", "application/json", "text/plain;q=0.5, application/json")) {
                asks.add(get(base + "/wrong/" + what).with("accept", accept).ask());
            }
            asks.add(of("HEAD", base + "/wrong/" + what).ask());
            asks.add(post(base + "/wrong/" + what)
                    .with("content-type", "application/json")
                    .body("{}")
                    .ask());
        }
        for (String what : List.of("throw", "error", "redirect", "render", "nothing")) {
            asks.add(get(base + "/broken/" + what).ask());
            asks.add(get(base + "/broken/" + what)
                    .with("accept", "application/json")
                    .ask());
            asks.add(of("HEAD", base + "/broken/" + what).ask());
            asks.add(get(base + "/broken/" + what + "/__data.json").ask());
        }
        for (String how : List.of("throw", "answer", "else")) {
            asks.add(get(base + "/").with("x-handle", how).ask());
            asks.add(get(base + "/none").with("x-handle", how).ask());
            asks.add(get(base + "/echo/a")
                    .with("x-handle", how)
                    .with("accept", "application/json")
                    .ask());
            asks.add(post(base + "/")
                    .with("x-handle", how)
                    .with("content-type", "application/json")
                    .body("{}")
                    .ask());
            asks.add(of("HEAD", base + "/").with("x-handle", how).ask());
        }
        asks.add(get(base + "/locked").ask());
        asks.add(of("HEAD", base + "/locked").ask());
        asks.add(get(base + "/streamed").ask());
        asks.add(of("HEAD", base + "/streamed").ask());
        asks.add(get(base + "/streamed/__data.json").ask());
        asks.add(get(base + "/read").ask());
        asks.add(of("HEAD", base + "/read").ask());
        asks.add(get(base + "/cookies").with("cookie", "third=3; a=b").ask());
        asks.add(of("HEAD", base + "/cookies").ask());
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND")) {
            asks.add(of(method, base + "/methods").ask());
            asks.add(of(method, base + "/negotiated").ask());
            asks.add(of(method, base + "/negotiated")
                    .with("accept", "application/json")
                    .ask());
            asks.add(
                    of(method, base + "/negotiated").with("accept", "text/html").ask());
            asks.add(of(method, base + "/echo/method").ask());
        }
        return asks;
    }
}
