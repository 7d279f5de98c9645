package dev.kitbridge.it.parity;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes sent on one connection: one or several requests.
 *
 * @param methods the method of each request
 * @param target the target of the first request
 * @param bytes all requests as they are sent
 * @param parts the single requests, if there are several
 */
record Ask(List<String> methods, String target, byte[] bytes, List<Ask> parts) {

    /** Begins a request with the default host. */
    static Draft of(String method, String target) {
        return new Draft(method, target).with("host", "lab.example");
    }

    static Draft get(String target) {
        return of("GET", target);
    }

    static Draft post(String target) {
        return of("POST", target);
    }

    /** Begins a form post with this {@code Origin}. */
    static Draft form(String target, String body) {
        return post(target)
                .with("origin", "https://lab.example")
                .with("content-type", "application/x-www-form-urlencoded")
                .body(body);
    }

    /** Returns a request of any bytes, valid or not. */
    static Ask raw(String text, String... methods) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return new Ask(List.of(methods), text.split(" ", 3)[1], bytes, List.of());
    }

    /** Combines requests that are sent on one connection without waiting for the answers. */
    static Ask pipelined(Draft... drafts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<String> methods = new ArrayList<>();
        List<Ask> parts = new ArrayList<>();
        for (Draft draft : drafts) {
            Ask ask = draft.ask();
            methods.addAll(ask.methods());
            parts.add(ask);
            all.writeBytes(ask.bytes());
        }
        return new Ask(methods, drafts[0].target, all.toByteArray(), parts);
    }

    /** Returns the request to which the answer with this number belongs. */
    Ask part(int number) {
        return parts.isEmpty() ? this : parts.get(number);
    }

    /** Returns a copy with another text in its head. */
    Ask replacing(String text, String other) {
        String all = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = head().length();
        return raw(all.substring(0, end).replace(text, other) + all.substring(end), methods.toArray(String[]::new));
    }

    /** Returns a copy with the method GET. */
    Ask asGet() {
        return raw(new String(bytes, StandardCharsets.ISO_8859_1).replaceFirst("^[A-Z]+ ", "GET "), "GET");
    }

    /** Returns a copy without a header. */
    Ask without(String name) {
        return raw(
                new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("\r\n" + name + ": [^\r]*(?=\r\n)", ""),
                methods.toArray(String[]::new));
    }

    /** Returns a copy that accepts a coding. */
    Ask accepting(String coding) {
        return replacing("\r\nhost: ", "\r\naccept-encoding: " + coding + "\r\nhost: ");
    }

    String method() {
        return methods.get(0);
    }

    /** Returns whether a header line contains a text. Names are in lower case, values are not changed. */
    boolean has(String text) {
        return head().contains(text);
    }

    /** Returns the number of header lines that begin with a text. */
    int count(String start) {
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

    /** Builds a request. */
    static final class Draft {

        private final String method;
        private final String target;
        private final List<String> lines = new ArrayList<>();
        private byte[] body = {};

        private Draft(String method, String target) {
            this.method = method;
            this.target = target;
        }

        Draft with(String name, String value) {
            lines.add(name + ": " + value);
            return this;
        }

        Draft without(String name) {
            lines.removeIf(line -> line.startsWith(name + ":"));
            return this;
        }

        Draft body(String text) {
            return body(text.getBytes(StandardCharsets.UTF_8));
        }

        Draft body(byte[] content) {
            body = content;
            return with("content-length", String.valueOf(content.length));
        }

        /** Adds a body in chunks. */
        Draft chunks(String... pieces) {
            StringBuilder text = new StringBuilder();
            for (String piece : pieces) {
                text.append(Integer.toHexString(piece.length()))
                        .append("\r\n")
                        .append(piece)
                        .append("\r\n");
            }
            return framed(text + "0\r\n\r\n").with("transfer-encoding", "chunked");
        }

        /** Adds a body without a length header. */
        Draft framed(String text) {
            body = text.getBytes(StandardCharsets.ISO_8859_1);
            return this;
        }

        Ask ask() {
            String head = method + " " + target + " HTTP/1.1\r\n" + String.join("\r\n", lines)
                    + (lines.isEmpty() ? "" : "\r\n") + "\r\n";
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
            all.writeBytes(body);
            return new Ask(List.of(method), target, all.toByteArray(), List.of());
        }
    }
}
