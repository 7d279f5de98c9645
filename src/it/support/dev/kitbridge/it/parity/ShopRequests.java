package dev.kitbridge.it.parity;

import static dev.kitbridge.it.parity.Ask.form;
import static dev.kitbridge.it.parity.Ask.get;
import static dev.kitbridge.it.parity.Ask.of;
import static dev.kitbridge.it.parity.Ask.post;

import java.util.ArrayList;
import java.util.List;

/** Requests for each route and action of the storefront, except orders, whose names are random. */
final class ShopRequests {

    private ShopRequests() {}

    static List<Ask> all() {
        List<Ask> asks = new ArrayList<>();
        for (String path : List.of(
                "/",
                "/about",
                "/products",
                "/products/bradawl",
                "/products/none",
                "/terms",
                "/shop",
                "/search",
                "/search?q=plane",
                "/cart",
                "/checkout",
                "/account",
                "/recommendations",
                "/orders/sample-1",
                "/orders/none",
                "/debug/boom",
                "/sitemap.xml",
                "/api/products.json",
                "/api/cart",
                "/api/invoice/sample-1",
                "/api/invoice/none",
                "/service-worker.js",
                "/manifest.webmanifest",
                "/.well-known/security.txt")) {
            String data = path.replaceFirst("(\\?|$)", (path.endsWith("/") ? "" : "/") + "__data.json$1");
            asks.add(get(path).ask());
            asks.add(get(path).with("accept-encoding", "gzip, deflate, br").ask());
            asks.add(get(path)
                    .with("accept-language", "de-AT, de;q=0.8")
                    .with("cookie", "cart=bradawl~2.strop~1")
                    .ask());
            asks.add(get(path).with("accept", "application/json").ask());
            asks.add(of("HEAD", path).ask());
            asks.add(of("OPTIONS", path).ask());
            asks.add(of("DELETE", path).with("origin", "https://lab.example").ask());
            asks.add(get(path + "/").ask());
            asks.add(get(data).ask());
        }
        asks.add(get("/api/ticker?count=5&every=10").ask());
        asks.add(get("/api/ticker?count=1&every=10")
                .with("accept", "text/event-stream")
                .ask());
        asks.add(form("/cart?/add", "slug=bradawl&quantity=2").ask());
        asks.add(form("/cart?/add", "slug=bradawl&quantity=2")
                .with("cookie", "cart=strop~1")
                .ask());
        asks.add(form("/cart?/add", "slug=bradawl&quantity=200").ask());
        asks.add(form("/cart?/add", "slug=none&quantity=1")
                .with("accept", "application/json")
                .ask());
        asks.add(form("/cart?/update", "slug=strop&quantity=0")
                .with("cookie", "cart=strop~1")
                .ask());
        asks.add(form("/checkout", "name=Ida").with("cookie", "cart=strop~1").ask());
        asks.add(form("/account?/signin", "name=Ida&email=ida%40example.org").ask());
        asks.add(form("/account?/signin", "name=&email=x").ask());
        asks.add(form("/account?/signout", "").with("cookie", "session=%7B%7D").ask());
        asks.add(form("/cart?/add", "slug=bradawl&quantity=2")
                .without("origin")
                .with("origin", "https://other.example")
                .ask());
        asks.add(json("{\"slug\":\"bradawl\",\"quantity\":2}"));
        asks.add(json("{\"slug\":\"none\",\"quantity\":2}"));
        asks.add(json("{"));
        return asks;
    }

    private static Ask json(String body) {
        return post("/api/cart")
                .with("content-type", "application/json")
                .body(body)
                .ask();
    }
}
