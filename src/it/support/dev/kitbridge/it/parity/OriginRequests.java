package dev.kitbridge.it.parity;

import static dev.kitbridge.it.parity.Ask.form;
import static dev.kitbridge.it.parity.Ask.get;
import static dev.kitbridge.it.parity.Ask.of;

import java.util.ArrayList;
import java.util.List;

/** Requests whose answers depend on the origin, for servers with a configured one. */
final class OriginRequests {

    static final String ORIGIN = "http://shop.example:8080";

    private OriginRequests() {}

    static List<Ask> below(String base) {
        String echo = base + "/echo/origin";
        List<Ask> asks = new ArrayList<>();
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
            asks.add(get(base + path).ask());
            asks.add(of("HEAD", base + path).ask());
        }
        asks.add(get(base + "/page/a/__data.json").ask());
        for (String host :
                List.of("lab.example", "shop.example:8080", "other.example:1", "[::1]:3000", "-", "lab.example.")) {
            asks.add(get(echo).without("host").with("host", host).ask());
        }
        asks.add(get(echo).without("host").ask());
        for (String name : List.of("x-forwarded-proto", "x-forwarded-host", "x-forwarded-port", "forwarded")) {
            asks.add(get(echo).with(name, "https").ask());
            asks.add(get(echo).with(name, "a:b").ask());
        }
        asks.add(get(echo).with("x-forwarded-for", "192.0.2.1").ask());
        asks.add(get("//other.example" + echo).ask());
        for (String origin : List.of(
                ORIGIN,
                "https://lab.example",
                "http://lab.example",
                "http://shop.example",
                "https://shop.example:8080",
                "null")) {
            asks.add(form(base + "/form?/plain", "a=1")
                    .without("origin")
                    .with("origin", origin)
                    .ask());
            asks.add(of("PUT", echo)
                    .with("origin", origin)
                    .with("content-type", "text/plain")
                    .body("a")
                    .ask());
        }
        asks.add(form(base + "/form?/redirect", "a=1")
                .without("origin")
                .with("origin", ORIGIN)
                .ask());
        return asks;
    }
}
