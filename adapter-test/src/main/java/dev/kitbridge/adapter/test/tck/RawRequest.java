package dev.kitbridge.adapter.test.tck;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes sent on one connection: one or several requests, valid or not.
 *
 * @param methods the method of each request
 * @param target the target of the first request
 * @param bytes all requests as they are sent
 * @param parts the single requests, if there are several
 */
@SuppressWarnings("ArrayRecordComponent") // requests and responses are not compared as values
public record RawRequest(List<String> methods, String target, byte[] bytes, List<RawRequest> parts) {

    /**
     * Begins a request with the host {@code lab.example}.
     *
     * @param method the method
     * @param target the target of the request line
     * @return a request without a body
     */
    public static Draft request(String method, String target) {
        return new Draft(method, target).with("host", "lab.example");
    }

    /**
     * Begins a GET request.
     *
     * @param target the target of the request line
     * @return a request without a body
     */
    public static Draft get(String target) {
        return request("GET", target);
    }

    /**
     * Begins a POST request.
     *
     * @param target the target of the request line
     * @return a request without a body
     */
    public static Draft post(String target) {
        return request("POST", target);
    }

    /**
     * Begins a form post of a page of {@code https://lab.example}.
     *
     * @param target the target of the request line
     * @param body the encoded form
     * @return a request with the form
     */
    public static Draft form(String target, String body) {
        return post(target)
                .with("origin", "https://lab.example")
                .with("content-type", "application/x-www-form-urlencoded")
                .body(body);
    }

    /**
     * Returns a request of any bytes.
     *
     * @param text the request in ISO 8859-1
     * @param methods the method of each request in it, which says how its response is framed
     * @return the request
     */
    public static RawRequest raw(String text, String... methods) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return new RawRequest(List.of(methods), text.split(" ", 3)[1], bytes, List.of());
    }

    /**
     * Combines requests that are sent on one connection without waiting for the responses.
     *
     * @param drafts the requests
     * @return all of them
     */
    public static RawRequest pipelined(Draft... drafts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<String> methods = new ArrayList<>();
        List<RawRequest> parts = new ArrayList<>();
        for (Draft draft : drafts) {
            RawRequest request = draft.build();
            methods.addAll(request.methods());
            parts.add(request);
            all.writeBytes(request.bytes());
        }
        return new RawRequest(methods, drafts[0].target, all.toByteArray(), parts);
    }

    /** Returns the request to which the response with this number belongs. */
    RawRequest part(int number) {
        return parts.isEmpty() ? this : parts.get(number);
    }

    /**
     * Returns a copy with another text in its head.
     *
     * @param text the text to replace
     * @param other the new text
     * @return the copy; the same bytes if the head does not contain the text
     */
    public RawRequest replacing(String text, String other) {
        String all = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = head().length();
        return raw(all.substring(0, end).replace(text, other) + all.substring(end), methods.toArray(String[]::new));
    }

    /** Returns a copy with the method GET. */
    RawRequest asGet() {
        return raw(new String(bytes, StandardCharsets.ISO_8859_1).replaceFirst("^[A-Z]+ ", "GET "), "GET");
    }

    /**
     * Returns a copy without a header.
     *
     * @param name in lower case
     * @return the copy
     */
    public RawRequest without(String name) {
        return raw(
                new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("\r\n" + name + ": [^\r]*(?=\r\n)", ""),
                methods.toArray(String[]::new));
    }

    /**
     * Returns a copy that accepts a coding.
     *
     * @param coding the value of {@code accept-encoding}
     * @return the copy
     */
    public RawRequest accepting(String coding) {
        return replacing("\r\nhost: ", "\r\naccept-encoding: " + coding + "\r\nhost: ");
    }

    /**
     * Returns the method.
     *
     * @return the method of the first request
     */
    public String method() {
        return methods.get(0);
    }

    /**
     * Returns whether the head contains a text. Names of headers are in lower case, values are not changed.
     *
     * @param text such as {@code "\r\nrange: "}
     * @return whether it occurs before the body
     */
    public boolean has(String text) {
        return head().contains(text);
    }

    /**
     * Counts header lines.
     *
     * @param start the beginning of the lines
     * @return how many begin with it
     */
    public int count(String start) {
        return head().split("\r\n" + start, -1).length - 1;
    }

    private String head() {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        return end < 0 ? text : text.substring(0, end + 2);
    }

    /** Returns whether the request is HTTP/1.0, whose connections close without {@code Connection: keep-alive}. */
    boolean isOld() {
        return head().contains(" HTTP/1.0\r\n");
    }

    /** Returns the head of the first request, shortened for a message. */
    @Override
    public String toString() {
        String text = head().replace("host: lab.example\r\n", "").strip().replace("\r\n", " | ");
        return (text.length() > 200 ? text.substring(0, 200) + "..." : text)
                + (methods.size() > 1 ? " (and " + (methods.size() - 1) + " more)" : "");
    }

    /** Builds a request. Its methods return this object. */
    public static final class Draft {

        private final String method;
        private final String target;
        private final List<String> lines = new ArrayList<>();
        private byte[] body = {};

        private Draft(String method, String target) {
            this.method = method;
            this.target = target;
        }

        /**
         * Adds a header line.
         *
         * @param name as it is sent
         * @param value as it is sent
         * @return this
         */
        public Draft with(String name, String value) {
            lines.add(name + ": " + value);
            return this;
        }

        /**
         * Removes header lines.
         *
         * @param name as it was added
         * @return this
         */
        public Draft without(String name) {
            lines.removeIf(line -> line.startsWith(name + ":"));
            return this;
        }

        /**
         * Adds a body and its length.
         *
         * @param text sent in UTF-8
         * @return this
         */
        public Draft body(String text) {
            return body(text.getBytes(StandardCharsets.UTF_8));
        }

        /**
         * Adds a body and its length.
         *
         * @param content the body
         * @return this
         */
        public Draft body(byte[] content) {
            body = content;
            return with("content-length", String.valueOf(content.length));
        }

        /**
         * Adds a chunked body.
         *
         * @param pieces the content of each chunk, in ISO 8859-1
         * @return this
         */
        public Draft chunks(String... pieces) {
            StringBuilder text = new StringBuilder();
            for (String piece : pieces) {
                text.append(Integer.toHexString(piece.length()))
                        .append("\r\n")
                        .append(piece)
                        .append("\r\n");
            }
            return framed(text + "0\r\n\r\n").with("transfer-encoding", "chunked");
        }

        /**
         * Adds a body without a header for its length.
         *
         * @param text sent in ISO 8859-1
         * @return this
         */
        public Draft framed(String text) {
            body = text.getBytes(StandardCharsets.ISO_8859_1);
            return this;
        }

        /**
         * Returns the request.
         *
         * @return its bytes
         */
        public RawRequest build() {
            String head = method + " " + target + " HTTP/1.1\r\n" + String.join("\r\n", lines)
                    + (lines.isEmpty() ? "" : "\r\n") + "\r\n";
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
            all.writeBytes(body);
            return new RawRequest(List.of(method), target, all.toByteArray(), List.of());
        }
    }
}
