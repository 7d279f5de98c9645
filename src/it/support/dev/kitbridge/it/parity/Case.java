package dev.kitbridge.it.parity;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request, our answer, and the expected answer.
 *
 * @param runtime the runtime of our workers
 * @param ask the request to both servers, or another one to the official server, whose answer ours must equal
 * @param expected the official server's answer, or the intended one instead
 * @param ours our answer, for expectations that leave a choice
 */
record Case(String runtime, Ask ask, Answer expected, Answer ours, Official official) {

    Case expecting(Answer answer) {
        return new Case(runtime, ask, answer, ours, official);
    }

    /** Expects the official server's answer to another request. */
    Case asIf(Ask other) {
        return new Case(runtime, other, official.answer(other), ours, official);
    }

    /** Expects that the request is rejected before it is routed. */
    Case refused(int status) {
        return expecting(new Answer(
                status, Map.of("content-length", List.of("0"), "connection", List.of("close")), new byte[0], false));
    }

    /** Expects a status with a plain text. */
    Case plain(int status, String text) {
        byte[] body = is("HEAD") ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        return expecting(new Answer(status, Map.of(), body, false));
    }

    Case withStatus(int status) {
        return expecting(new Answer(status, expected.headers(), expected.body(), expected.cut()));
    }

    /** Expects a header, or that it is missing if the value is null. */
    Case with(String header, String value) {
        Map<String, List<String>> headers = new TreeMap<>(expected.headers());
        if (value == null) headers.remove(header);
        else headers.put(header, List.of(value));
        return expecting(new Answer(expected.status(), headers, expected.body(), expected.cut()));
    }

    /** Expects another text in the body, with its length and tag. */
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

    /** Expects that the answer fails before its head. */
    Case failed() {
        return plain(500, "Internal Error")
                .with("content-type", "text/plain")
                .with("connection", ask.has("\r\nconnection: close") ? "close" : null);
    }

    /** Expects the same body with its correct length, or without a length if the status has no content. */
    Case withTrueLength() {
        boolean empty = expected.status() == 204;
        Case fixed = with("content-length", empty ? null : String.valueOf(expected.body().length));
        return expecting(new Answer(expected.status(), fixed.expected.headers(), expected.body(), false));
    }

    /**
     * Expects a length without a body, which the official server does not send. For HEAD it must not be 0 if GET has a
     * body (RFC 9110, 8.6).
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

    /** Returns the target up to its query. */
    String path() {
        return ask.target().split("\\?", 2)[0];
    }

    boolean has(String header) {
        return expected.headers().containsKey(header);
    }
}
