package dev.kitbridge.adapter.test.tck;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request, the server's response, and the expected response.
 *
 * @param server the name of the server
 * @param request the request to both servers, or another one to adapter-node, whose response the server's must equal
 * @param expected adapter-node's response, or another one instead
 * @param actual the server's response, for expectations that leave a choice
 * @param reference adapter-node's server, for further requests
 */
public record Exchange(
        String server, RawRequest request, RawResponse expected, RawResponse actual, Reference reference) {

    /**
     * Expects another response.
     *
     * @param response the whole response
     * @return a copy that expects it
     */
    public Exchange expecting(RawResponse response) {
        return new Exchange(server, request, response, actual, reference);
    }

    /**
     * Expects adapter-node's response to another request.
     *
     * @param other the other request
     * @return a copy that expects it
     */
    public Exchange asIf(RawRequest other) {
        return new Exchange(server, other, reference.response(other), actual, reference);
    }

    /**
     * Expects that the request is rejected before it is routed: no body, and the connection closes.
     *
     * @param status the status
     * @return a copy that expects it
     */
    public Exchange refused(int status) {
        return expecting(new RawResponse(
                status, Map.of("content-length", List.of("0"), "connection", List.of("close")), new byte[0], false));
    }

    /**
     * Expects a status with a plain text and no header.
     *
     * @param status the status
     * @param text the body, unless the method is HEAD
     * @return a copy that expects it
     */
    public Exchange plain(int status, String text) {
        byte[] body = is("HEAD") ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        return expecting(new RawResponse(status, Map.of(), body, false));
    }

    /**
     * Expects another status.
     *
     * @param status the status
     * @return a copy that expects it
     */
    public Exchange withStatus(int status) {
        return expecting(new RawResponse(status, expected.headers(), expected.body(), expected.cut()));
    }

    /**
     * Expects a header.
     *
     * @param header its name in lower case
     * @param value its value; null expects that it is missing
     * @return a copy that expects it
     */
    public Exchange with(String header, @Nullable String value) {
        Map<String, List<String>> headers = new TreeMap<>(expected.headers());
        if (value == null) headers.remove(header);
        else headers.put(header, List.of(value));
        return expecting(new RawResponse(expected.status(), headers, expected.body(), expected.cut()));
    }

    /**
     * Expects another text in the body, with its length and tag.
     *
     * @param text the text to replace, in ISO 8859-1
     * @param other the new text
     * @return a copy that expects it
     */
    public Exchange replacing(String text, String other) {
        String body = new String(expected.body(), StandardCharsets.ISO_8859_1).replace(text, other);
        Exchange changed = has("etag") ? with("etag", actual.values("etag")) : this;
        if (has("content-length")) changed = changed.with("content-length", String.valueOf(body.length()));
        return changed.expecting(new RawResponse(
                expected.status(),
                changed.expected.headers(),
                body.getBytes(StandardCharsets.ISO_8859_1),
                expected.cut()));
    }

    /**
     * Expects the same body with its true length, or without a length if the status has no content.
     *
     * @return a copy that expects it
     */
    public Exchange withTrueLength() {
        boolean empty = expected.status() == 204;
        Exchange fixed = with("content-length", empty ? null : String.valueOf(expected.body().length));
        return expecting(new RawResponse(expected.status(), fixed.expected.headers(), expected.body(), false));
    }

    /**
     * Returns a length without a body that adapter-node does not send. For HEAD it must not be 0 if GET has a body (RFC
     * 9110, 8.6).
     */
    List<String> untrueLength() {
        String length = actual.values("content-length");
        if (has("content-length") || length.equals("-")) return List.of();
        boolean empty = actual.status() == 204 || actual.status() == 304;
        boolean untrue = is("HEAD")
                && length.equals("0")
                && reference.response(request.asGet()).body().length > 0;
        return empty || untrue ? List.of("content-length: none -> " + length) : List.of();
    }

    /**
     * Returns whether the request has one of these methods.
     *
     * @param methods the methods
     * @return whether it has one of them
     */
    public boolean is(String... methods) {
        return List.of(methods).contains(request.method());
    }

    /**
     * Returns the path of the request.
     *
     * @return the target up to its query
     */
    public String path() {
        return request.target().split("\\?", 2)[0];
    }

    /**
     * Returns whether the expected response has a header.
     *
     * @param header its name in lower case
     * @return whether it has it
     */
    public boolean has(String header) {
        return expected.has(header);
    }
}
