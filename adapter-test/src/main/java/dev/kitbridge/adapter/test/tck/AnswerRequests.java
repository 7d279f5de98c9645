package dev.kitbridge.adapter.test.tck;

import static dev.kitbridge.adapter.test.tck.RawRequest.get;
import static dev.kitbridge.adapter.test.tck.RawRequest.post;
import static dev.kitbridge.adapter.test.tck.RawRequest.request;

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

    static List<TckCase> below(String base) {
        Cases cases = new Cases(
                "endpoints/responses",
                "Status, fields and body of an endpoint's Response arrive as the endpoint set them",
                "SvelteKit: +server");
        for (String what : ANSWERS) {
            if (what.matches("(stream|events|window|large).*")) {
                cases.demand(
                        "streams/bodies",
                        "A body of any size arrives whole and in order; a stream arrives as it is written",
                        "SvelteKit: +server; RFC 9112, 7.1");
            } else {
                cases.demand(
                        "endpoints/responses",
                        "Status, fields and body of an endpoint's Response arrive as the endpoint set them",
                        "SvelteKit: +server");
            }
            cases.add(get(base + "/answer?what=" + what));
            // there, a race decides whether the head arrives before the end
            if (!what.equals("stream-broken")) cases.add(request("HEAD", base + "/answer?what=" + what));
            cases.add(post(base + "/answer?what=" + what)
                    .with("content-type", "application/json")
                    .body("{}"));
        }
        cases.demand(
                "errors/bodies",
                "A body that fails or has another length than its field says cannot be taken for a whole one",
                "RFC 9112, 6.3; RFC 9112, 8");
        for (String what : LAST_ANSWERS) {
            cases.add(get(base + "/answer?what=" + what).with("connection", "close"));
        }
        cases.demand("endpoints/head", "HEAD gets the status and the fields of GET without a body", "RFC 9110, 9.3.2");
        for (String target : List.of("/head", "/head?length")) {
            cases.add(get(base + target));
            cases.add(request("HEAD", base + target));
        }
        cases.demand("errors/fields", "A field value that HTTP does not allow is never sent", "RFC 9110, 5.5");
        cases.add(get(base + "/broken/control"));
        cases.demand(
                "endpoints/unchanged",
                "Conditions, ranges and codings of a request do not change an endpoint's own answer",
                "RFC 9110, 13.2.1 and 14.2");
        cases.add(get(base + "/answer?what=etag").with("if-none-match", "\"tag\""));
        cases.add(get(base + "/answer?what=large-text").with("accept-encoding", "gzip, br"));
        cases.add(get(base + "/answer?what=large-text").with("range", "bytes=0-9"));
        cases.add(get(base + "/answer?what=unknown"));
        cases.demand(
                "errors/endpoints",
                "What an endpoint throws becomes an error page, JSON or a redirect, as the client accepts it",
                "SvelteKit: errors");
        for (String what : List.of("throw", "error", "redirect", "absolute", "nothing")) {
            for (String accept :
                    List.of("*/*", "text/html", "application/json", "text/plain;q=0.5, application/json")) {
                cases.add(get(base + "/wrong/" + what).with("accept", accept));
            }
            cases.add(request("HEAD", base + "/wrong/" + what));
            cases.add(post(base + "/wrong/" + what)
                    .with("content-type", "application/json")
                    .body("{}"));
        }
        cases.demand(
                "errors/pages",
                "What a page's load throws becomes the error page or a redirect; details of an unexpected error stay on the server",
                "SvelteKit: errors");
        for (String what : List.of("throw", "error", "redirect", "render", "nothing")) {
            cases.add(get(base + "/broken/" + what));
            cases.add(get(base + "/broken/" + what).with("accept", "application/json"));
            cases.add(request("HEAD", base + "/broken/" + what));
            cases.add(get(base + "/broken/" + what + "/__data.json"));
        }
        cases.demand(
                "hooks/handle",
                "The handle hook sees each request, and its answer or error is sent",
                "SvelteKit: hooks");
        for (String how : List.of("throw", "answer", "else")) {
            cases.add(get(base + "/").with("x-handle", how));
            cases.add(get(base + "/none").with("x-handle", how));
            cases.add(get(base + "/echo/a").with("x-handle", how).with("accept", "application/json"));
            cases.add(post(base + "/")
                    .with("x-handle", how)
                    .with("content-type", "application/json")
                    .body("{}"));
            cases.add(request("HEAD", base + "/").with("x-handle", how));
        }
        cases.demand(
                "errors/locked",
                "An endpoint that returns a body that was read before does not hang",
                "Fetch, body is unusable");
        cases.add(get(base + "/locked"));
        cases.add(request("HEAD", base + "/locked"));
        cases.demand(
                "streams/pages",
                "Promises that a load returns are streamed into the page and its data",
                "SvelteKit: streaming with promises");
        cases.add(get(base + "/streamed"));
        cases.add(request("HEAD", base + "/streamed"));
        cases.add(get(base + "/streamed/__data.json"));
        cases.demand("files/read", "read from $app/server reads a file of the build", "SvelteKit: $app/server");
        cases.add(get(base + "/read"));
        cases.add(request("HEAD", base + "/read"));
        cases.demand("endpoints/cookies", "Each cookie has its own set-cookie field", "RFC 6265, 3; RFC 9110, 5.3");
        cases.add(get(base + "/cookies").with("cookie", "third=3; a=b"));
        cases.add(request("HEAD", base + "/cookies"));
        cases.demand(
                "endpoints/methods",
                "Each method reaches its handler; others get 405 with allow; a page and an endpoint share a path by accept",
                "RFC 9110, 15.5.6; SvelteKit: +server");
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND")) {
            cases.add(request(method, base + "/methods"));
            cases.add(request(method, base + "/negotiated"));
            cases.add(request(method, base + "/negotiated").with("accept", "application/json"));
            cases.add(request(method, base + "/negotiated").with("accept", "text/html"));
            cases.add(request(method, base + "/echo/method"));
        }
        return cases.all();
    }
}
