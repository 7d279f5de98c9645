package dev.kitbridge.adapter.test.tck;

import static dev.kitbridge.adapter.test.tck.RawRequest.form;
import static dev.kitbridge.adapter.test.tck.RawRequest.post;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Form posts, and the protection against cross-site ones (CSRF). */
final class FormRequests {

    private static final String PLAIN = "application/x-www-form-urlencoded";

    private FormRequests() {}

    static List<TckCase> below(String base) {
        String form = base + "/form?/plain";
        Cases cases = new Cases(
                "forms/actions",
                "A form post runs its action and gets a page, or JSON if the client accepts it",
                "SvelteKit: form actions");
        for (String action : List.of("plain", "fail", "redirect", "error", "throw", "unread", "none", "")) {
            cases.add(form(base + "/form?/" + action, "a=1&b=%C3%A4&a=2"));
            cases.add(form(base + "/form?/" + action, "a=1")
                    .with("accept", "application/json")
                    .with("x-sveltekit-action", "true"));
        }
        cases.add(form(base + "/form", "a=1"));
        cases.add(form(base + "/single", "a=1&b=2"));
        cases.add(form(base + "/single", ""));
        cases.add(form(base + "/single?/named", "a=1"));
        cases.add(form(base + "/page/a", "a=1"));
        cases.add(form(base + "/none", "a=1"));
        cases.add(form(base + "/about", "a=1"));
        cases.add(form(base + "/slash", "a=1"));
        cases.demand("forms/csrf", "A form post from another origin is rejected with 403", "SvelteKit: csrf");
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
                    cases.add(RawRequest.request(method, base + "/echo/form")
                            .with("origin", origin)
                            .with("content-type", type)
                            .body("a=1"));
                }
            }
        }
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            cases.add(RawRequest.request(method, base + "/echo/form")
                    .with("content-type", PLAIN)
                    .body("a=1"));
            cases.add(RawRequest.request(method, base + "/echo/form").body("a=1"));
            cases.add(RawRequest.request(method, base + "/echo/form"));
            cases.add(RawRequest.request(method, base + "/echo/form").with("origin", "https://other.example"));
            cases.add(RawRequest.request(method, base + "/echo/form")
                    .with("origin", "https://other.example")
                    .body(""));
        }
        cases.demand(
                "forms/bodies",
                "The action gets the fields and the files of the form, in each encoding",
                "SvelteKit: form actions; RFC 7578");
        cases.add(form(form, "a=1").with("accept", "application/json"));
        cases.add(form(form, "a=1").with("cookie", "posted=before"));
        cases.add(post(form).with("origin", "https://lab.example").body("a=1"));
        cases.add(post(form)
                .with("origin", "https://lab.example")
                .with("content-type", "application/json")
                .body("{}"));
        cases.add(post(form)
                .with("origin", "https://lab.example")
                .with("content-type", "text/plain")
                .body("a=1"));
        cases.add(post(form)
                .with("origin", "https://lab.example")
                .with("content-type", PLAIN)
                .chunks("a=", "1&b", "=2"));
        cases.add(multipart(
                form, "x", part("x", "a", null, "1") + part("x", "file", "größe.bin", "\0\1\2") + "--x--\r\n"));
        cases.add(multipart(form, "x", part("x", "a", null, "1")));
        cases.add(multipart(form, "y", part("x", "a", null, "1") + "--x--\r\n"));
        cases.add(multipart(form, "x", ""));
        cases.add(multipart(form, "x", part("x", "file", "large.txt", "line\r\n".repeat(60_000)) + "--x--\r\n"));
        return cases.all();
    }

    private static RawRequest.Draft multipart(String target, String boundary, String body) {
        return post(target)
                .with("origin", "https://lab.example")
                .with("content-type", "multipart/form-data; boundary=" + boundary)
                .body(body);
    }

    private static String part(String boundary, String name, @Nullable String file, String content) {
        return "--" + boundary + "\r\ncontent-disposition: form-data; name=\"" + name + '"'
                + (file == null ? "" : "; filename=\"" + file + "\"\r\ncontent-type: application/x-part")
                + "\r\n\r\n" + content + "\r\n";
    }
}
