package dev.kitbridge.adapter.test.tck;

import static dev.kitbridge.adapter.test.tck.RawRequest.form;
import static dev.kitbridge.adapter.test.tck.RawRequest.get;
import static dev.kitbridge.adapter.test.tck.RawRequest.request;

import java.util.List;

/** Requests whose answers depend on the origin, for servers with a configured one. */
final class OriginRequests {

    static final String ORIGIN = "http://shop.example:8080";

    private OriginRequests() {}

    static List<TckCase> below(String base) {
        String echo = base + "/echo/origin";
        Cases cases = new Cases(
                "origin/configured",
                "With a configured origin, event.url has it whatever the request says, and the CSRF check compares with it",
                "adapter-node: ORIGIN; SvelteKit: paths.origin");
        for (String path : List.of(
                "/",
                "/page/a?b=c",
                "/slash",
                "/slash/",
                "/none",
                "/broken/redirect",
                "/page.html",
                "/about",
                "/manual")) {
            cases.add(get(base + path));
            cases.add(request("HEAD", base + path));
        }
        cases.add(get(base + "/page/a/__data.json"));
        for (String host :
                List.of("lab.example", "shop.example:8080", "other.example:1", "[::1]:3000", "-", "lab.example.")) {
            cases.add(get(echo).without("host").with("host", host));
        }
        cases.add(get(echo).without("host"));
        for (String name : List.of("x-forwarded-proto", "x-forwarded-host", "x-forwarded-port", "forwarded")) {
            cases.add(get(echo).with(name, "https"));
            cases.add(get(echo).with(name, "a:b"));
        }
        cases.add(get(echo).with("x-forwarded-for", "192.0.2.1"));
        cases.add(get("//other.example" + echo));
        for (String origin : List.of(
                ORIGIN,
                "https://lab.example",
                "http://lab.example",
                "http://shop.example",
                "https://shop.example:8080",
                "null")) {
            cases.add(form(base + "/form?/plain", "a=1").without("origin").with("origin", origin));
            cases.add(request("PUT", echo)
                    .with("origin", origin)
                    .with("content-type", "text/plain")
                    .body("a"));
        }
        cases.add(form(base + "/form?/redirect", "a=1").without("origin").with("origin", ORIGIN));
        return cases.all();
    }
}
