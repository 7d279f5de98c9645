package dev.kitbridge.it.parity;

import static dev.kitbridge.adapter.test.tck.RawRequest.form;
import static dev.kitbridge.adapter.test.tck.RawRequest.get;
import static dev.kitbridge.adapter.test.tck.RawRequest.post;
import static dev.kitbridge.adapter.test.tck.RawRequest.request;

import dev.kitbridge.adapter.test.tck.Demand;
import dev.kitbridge.adapter.test.tck.RawRequest;
import dev.kitbridge.adapter.test.tck.TckCase;
import java.util.ArrayList;
import java.util.List;

/** Requests for each route and action of the storefront, except orders, whose names are random. */
final class ShopRequests {

    private static final Demand SHOP =
            new Demand("pages/storefront", "Each page and form of the storefront works", "SvelteKit");

    private ShopRequests() {}

    static List<TckCase> all() {
        List<RawRequest.Draft> asks = new ArrayList<>();
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
            asks.add(get(path));
            asks.add(get(path).with("accept-encoding", "gzip, deflate, br"));
            asks.add(get(path).with("accept-language", "de-AT, de;q=0.8").with("cookie", "cart=bradawl~2.strop~1"));
            asks.add(get(path).with("accept", "application/json"));
            asks.add(request("HEAD", path));
            asks.add(request("OPTIONS", path));
            asks.add(request("DELETE", path).with("origin", "https://lab.example"));
            asks.add(get(path + "/"));
            asks.add(get(data));
        }
        asks.add(get("/api/ticker?count=5&every=10"));
        asks.add(get("/api/ticker?count=1&every=10").with("accept", "text/event-stream"));
        asks.add(form("/cart?/add", "slug=bradawl&quantity=2"));
        asks.add(form("/cart?/add", "slug=bradawl&quantity=2").with("cookie", "cart=strop~1"));
        asks.add(form("/cart?/add", "slug=bradawl&quantity=200"));
        asks.add(form("/cart?/add", "slug=none&quantity=1").with("accept", "application/json"));
        asks.add(form("/cart?/update", "slug=strop&quantity=0").with("cookie", "cart=strop~1"));
        asks.add(form("/checkout", "name=Ida").with("cookie", "cart=strop~1"));
        asks.add(form("/account?/signin", "name=Ida&email=ida%40example.org"));
        asks.add(form("/account?/signin", "name=&email=x"));
        asks.add(form("/account?/signout", "").with("cookie", "session=%7B%7D"));
        asks.add(form("/cart?/add", "slug=bradawl&quantity=2")
                .without("origin")
                .with("origin", "https://other.example"));
        asks.add(json("{\"slug\":\"bradawl\",\"quantity\":2}"));
        asks.add(json("{\"slug\":\"none\",\"quantity\":2}"));
        asks.add(json("{"));
        return asks.stream().map(one -> new TckCase(SHOP, one.build())).toList();
    }

    private static RawRequest.Draft json(String body) {
        return post("/api/cart").with("content-type", "application/json").body(body);
    }
}
