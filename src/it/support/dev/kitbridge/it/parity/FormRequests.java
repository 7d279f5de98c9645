package dev.kitbridge.it.parity;

import static dev.kitbridge.it.parity.Ask.form;
import static dev.kitbridge.it.parity.Ask.post;

import java.util.ArrayList;
import java.util.List;

/** Form posts, and the protection against cross-site ones (CSRF). */
final class FormRequests {

    private static final String PLAIN = "application/x-www-form-urlencoded";

    private FormRequests() {}

    static List<Ask> below(String base) {
        String form = base + "/form?/plain";
        List<Ask> asks = new ArrayList<>();
        for (String action : List.of("plain", "fail", "redirect", "error", "throw", "unread", "none", "")) {
            asks.add(form(base + "/form?/" + action, "a=1&b=%C3%A4&a=2").ask());
            asks.add(form(base + "/form?/" + action, "a=1")
                    .with("accept", "application/json")
                    .with("x-sveltekit-action", "true")
                    .ask());
        }
        asks.add(form(base + "/form", "a=1").ask());
        asks.add(form(base + "/single", "a=1&b=2").ask());
        asks.add(form(base + "/single", "").ask());
        asks.add(form(base + "/single?/named", "a=1").ask());
        asks.add(form(base + "/page/a", "a=1").ask());
        asks.add(form(base + "/none", "a=1").ask());
        asks.add(form(base + "/about", "a=1").ask());
        asks.add(form(base + "/slash", "a=1").ask());
        for (String origin : List.of(
                "https://other.example",
                "http://lab.example",
                "https://lab.example:8443",
                "https://LAB.example",
                "null",
                "",
                "https://lab.example/")) {
            for (String type : List.of(
                    PLAIN,
                    "multipart/form-data; boundary=x",
                    "text/plain",
                    "text/plain;charset=utf-8",
                    "application/json",
                    "APPLICATION/X-WWW-FORM-URLENCODED")) {
                for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
                    asks.add(Ask.of(method, base + "/echo/form")
                            .with("origin", origin)
                            .with("content-type", type)
                            .body("a=1")
                            .ask());
                }
            }
        }
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            asks.add(Ask.of(method, base + "/echo/form")
                    .with("content-type", PLAIN)
                    .body("a=1")
                    .ask());
            asks.add(Ask.of(method, base + "/echo/form").body("a=1").ask());
            asks.add(Ask.of(method, base + "/echo/form").ask());
            asks.add(Ask.of(method, base + "/echo/form")
                    .with("origin", "https://other.example")
                    .ask());
            asks.add(Ask.of(method, base + "/echo/form")
                    .with("origin", "https://other.example")
                    .body("")
                    .ask());
        }
        asks.add(form(form, "a=1").with("accept", "application/json").ask());
        asks.add(form(form, "a=1").with("cookie", "posted=before").ask());
        asks.add(post(form).with("origin", "https://lab.example").body("a=1").ask());
        asks.add(post(form)
                .with("origin", "https://lab.example")
                .with("content-type", "application/json")
                .body("{}")
                .ask());
        asks.add(post(form)
                .with("origin", "https://lab.example")
                .with("content-type", "text/plain")
                .body("a=1")
                .ask());
        asks.add(post(form)
                .with("origin", "https://lab.example")
                .with("content-type", PLAIN)
                .chunks("a=", "1&b", "=2")
                .ask());
        asks.add(multipart(
                form, "x", part("x", "a", null, "1") + part("x", "file", "größe.bin", "\0\1\2") + "--x--\r\n"));
        asks.add(multipart(form, "x", part("x", "a", null, "1")));
        asks.add(multipart(form, "y", part("x", "a", null, "1") + "--x--\r\n"));
        asks.add(multipart(form, "x", ""));
        asks.add(multipart(form, "x", part("x", "file", "large.txt", "line\r\n".repeat(60_000)) + "--x--\r\n"));
        return asks;
    }

    private static Ask multipart(String target, String boundary, String body) {
        return post(target)
                .with("origin", "https://lab.example")
                .with("content-type", "multipart/form-data; boundary=" + boundary)
                .body(body)
                .ask();
    }

    private static String part(String boundary, String name, String file, String content) {
        return "--" + boundary + "\r\ncontent-disposition: form-data; name=\"" + name + '"'
                + (file == null ? "" : "; filename=\"" + file + "\"\r\ncontent-type: application/x-part")
                + "\r\n\r\n" + content + "\r\n";
    }
}
