package dev.kitbridge.it.parity;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request, and what is expected of our answer to it.
 *
 * @param runtime of our workers
 * @param ask what was sent to both; or what else the official server was asked, whose answer ours has to equal
 * @param expected the official server's answer, or what is meant to be in its place
 * @param ours our answer: it counts where it is free to choose
 */
record Case(String runtime, Ask ask, Answer expected, Answer ours, Official official) {

    Case expecting(Answer answer) {
        return new Case(runtime, ask, answer, ours, official);
    }

    /** Expects what the official server answers to something else. */
    Case asIf(Ask other) {
        return new Case(runtime, other, official.answer(other), ours, official);
    }

    /** Expects that the request is refused before anybody looks at it. */
    Case refused(int status) {
        return expecting(new Answer(
                status, Map.of("content-length", List.of("0"), "connection", List.of("close")), new byte[0], false));
    }

    /** Expects a status and nothing but plain text. */
    Case plain(int status, String text) {
        byte[] body = is("HEAD") ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        return expecting(new Answer(status, Map.of(), body, false));
    }

    Case withStatus(int status) {
        return expecting(new Answer(status, expected.headers(), expected.body(), expected.cut()));
    }

    /** Expects a header, or none where the value is null. */
    Case with(String header, String value) {
        Map<String, List<String>> headers = new TreeMap<>(expected.headers());
        if (value == null) headers.remove(header);
        else headers.put(header, List.of(value));
        return expecting(new Answer(expected.status(), headers, expected.body(), expected.cut()));
    }

    /** Expects another text in the body, whose length and tag follow. */
    Case replacing(String text, String other) {
        String body = new String(expected.body(), StandardCharsets.ISO_8859_1).replace(text, other);
        Case changed = has("etag") ? with("etag", ours.values("etag")) : this;
        if (has("content-length")) changed = changed.with("content-length", String.valueOf(body.length()));
        return changed.expecting(new Answer(
                expected.status(),
                changed.expected.headers(),
                body.getBytes(StandardCharsets.ISO_8859_1),
                expected.cut()));
    }

    /** Expects that the answer fails before it has begun. */
    Case failed() {
        return plain(500, "Internal Error")
                .with("content-type", "text/plain")
                .with("connection", ask.has("\r\nconnection: close") ? "close" : null);
    }

    /** Expects the same body with a length that is true, or none if there is no content. */
    Case withTrueLength() {
        boolean empty = expected.status() == 204;
        Case fixed = with("content-length", empty ? null : String.valueOf(expected.body().length));
        return expecting(new Answer(expected.status(), fixed.expected.headers(), expected.body(), false));
    }

    /**
     * A length without a body, where the official server sends none. It must not be 0 for HEAD if GET has a body: the
     * two may differ in what they say, but one of them is not empty (RFC 9110, 8.6).
     */
    List<String> untrueLength() {
        String length = ours.values("content-length");
        if (has("content-length") || length.equals("-")) return List.of();
        boolean empty = ours.status() == 204 || ours.status() == 304;
        boolean untrue =
                is("HEAD") && length.equals("0") && official.answer(ask.asGet()).body().length > 0;
        return empty || untrue ? List.of("content-length: none -> " + length) : List.of();
    }

    boolean is(String... methods) {
        return List.of(methods).contains(ask.method());
    }

    /** The target up to its query. */
    String path() {
        return ask.target().split("\\?", 2)[0];
    }

    boolean has(String header) {
        return expected.headers().containsKey(header);
    }
}
