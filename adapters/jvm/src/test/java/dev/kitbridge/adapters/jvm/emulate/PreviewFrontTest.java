package dev.kitbridge.adapters.jvm.emulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.adapter.Front;
import dev.kitbridge.adapters.jvm.emulate.LinkedVite.Answer;
import dev.kitbridge.standalone.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The front of a preview with a page cache. */
@Timeout(60)
class PreviewFrontTest {

    private static final String RULE = "\0:rule\0{\"isr\":{\"expiration\":60}}\0:used\0\0:tags\0[\"price\"]";

    private final AtomicInteger rendered = new AtomicInteger();

    private Answer page(String fields) {
        return new Answer("200\0content-type\0text/plain" + fields, "page " + rendered.incrementAndGet());
    }

    private static Front.Server open(InetSocketAddress vite, boolean preview, Map<String, String> environment)
            throws IOException {
        Front front = new JvmEmulator("SHOP_").front();
        assertThat(front).isNotNull();
        Map<String, String> variables = new HashMap<>(environment);
        return front.open(new Front.Options("127.0.0.1", 0, true, vite, "the-secret", variables, preview));
    }

    private static String get(Front.Server front, String path, String... headers) throws IOException {
        URI address = front.addresses().get(0);
        try (RawClient client = new RawClient(new InetSocketAddress(address.getHost(), address.getPort()))) {
            StringBuilder fields = new StringBuilder();
            for (String header : headers) fields.append(header).append("\r\n");
            return client.send("GET " + path + " HTTP/1.1\r\nHost: shop.test\r\n" + fields + "\r\n")
                    .response();
        }
    }

    @Test
    void aPageIsKeptByTheRuleOfItsRouteUntilTheAppRevalidatesItsTag() throws Exception {
        try (LinkedVite vite = new LinkedVite(path -> page(RULE));
                Front.Server front = open(vite.address(), true, Map.of("SHOP_PAGE_CACHE", "declared"))) {
            assertThat(get(front, "/price", "accept: a"))
                    .endsWith("page 1")
                    .containsIgnoringCase("cache-status: kitbridge; fwd=uri-miss; stored; ttl=60\r\n")
                    .doesNotContainIgnoringCase(":rule")
                    .doesNotContainIgnoringCase(":used")
                    .doesNotContainIgnoringCase(":tags");
            assertThat(get(front, "/price", "cookie: visitor=anna"))
                    .endsWith("page 1")
                    .containsIgnoringCase("cache-status: kitbridge; hit; ttl=");
            assertThat(vite.asked).hasSize(1).allSatisfy(request -> assertThat(request)
                    .startsWith("GET http://shop.test/price ")
                    .contains(" accept a"));

            assertThat(vite.revalidate("{\"tags\":[\"other\"]}")).isEqualTo("{\"unreached\":[]}");
            assertThat(get(front, "/price")).endsWith("page 1");
            assertThat(vite.revalidate("{\"tags\":[\"price\"]}")).isEqualTo("{\"unreached\":[]}");
            assertThat(get(front, "/price")).endsWith("page 2");
            assertThat(vite.connected).hasSize(1).allSatisfy(head -> assertThat(head)
                    .contains("upgrade: kitbridge-link\r\n")
                    .contains("kitbridge-secret: the-secret\r\n"));
        }
    }

    @Test
    void whatIsForOneVisitorIsNotKept() throws Exception {
        Map<String, String> fields = Map.of(
                "/cookie",
                "\0set-cookie\0a=1" + RULE,
                "/address",
                RULE.replace(":used\0", ":used\0address"),
                "/nonce",
                "\0content-security-policy\0script-src 'nonce-abc'" + RULE,
                "/undeclared",
                "\0cache-control\0s-maxage=60\0:rule\0\0:used\0\0:tags\0");
        try (LinkedVite vite = new LinkedVite(path -> page(fields.getOrDefault(path, "")));
                Front.Server front = open(vite.address(), true, Map.of("SHOP_PAGE_CACHE", "declared"))) {
            for (String path : fields.keySet()) {
                assertThat(get(front, path)).doesNotContain("stored");
                assertThat(get(front, path)).as(path).doesNotContain("hit");
            }
            assertThat(get(front, "/cookie")).containsIgnoringCase("cache-status: kitbridge; fwd=uri-miss; detail=set");
            assertThat(vite.asked).hasSize(2 * fields.size() + 1);
        }
    }

    @Test
    void filesOfVitePassUnchanged() throws Exception {
        String file = "\0cache-control\0max-age=60, immutable\0:file\0yes\0:rule\0\0:used\0\0:tags\0";
        try (LinkedVite vite = new LinkedVite(path -> page(file));
                Front.Server front = open(vite.address(), true, Map.of("SHOP_PAGE_CACHE", "on"))) {
            assertThat(get(front, "/style.css"))
                    .endsWith("page 1")
                    .doesNotContainIgnoringCase("cache-status")
                    .doesNotContainIgnoringCase(":file");
            assertThat(get(front, "/style.css")).endsWith("page 2");
        }
    }

    @Test
    void headersOfTheResponseCountIfTheCacheIsOn() throws Exception {
        Map<String, String> environment = Map.of(
                "SHOP_PAGE_CACHE",
                "on",
                "SHOP_PAGE_CACHE_STATUS",
                "off",
                // a preview is no replica of the product, and has no management server
                "SHOP_PAGE_CACHE_URL",
                "redis://nowhere.test",
                "SHOP_PAGE_CACHE_TOKEN",
                "0123456789abcdef");
        String kept = "\0cache-control\0s-maxage=60\0cache-tag\0price\0:rule\0\0:used\0\0:tags\0";
        try (LinkedVite vite = new LinkedVite(path -> page(kept));
                Front.Server front = open(vite.address(), true, environment)) {
            assertThat(get(front, "/")).endsWith("page 1");
            assertThat(get(front, "/")).endsWith("page 1").doesNotContainIgnoringCase("cache-status");
            assertThat(get(front, "/", "cookie: visitor=anna")).endsWith("page 2");
            vite.revalidate("{\"tags\":[\"price\"]}");
            assertThat(get(front, "/")).endsWith("page 3");
        }
    }

    @Test
    void developmentKeepsNothing() throws Exception {
        String kept = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\ncache-control: s-maxage=60\r\n\r\npage";
        try (FakeVite vite = new FakeVite(request -> kept);
                Front.Server front = open(vite.address(), false, Map.of("SHOP_PAGE_CACHE", "on"))) {
            for (int i = 0; i < 2; i++) {
                assertThat(get(front, "/")).endsWith("page").doesNotContainIgnoringCase("cache-status");
            }
            assertThat(vite.asked).hasSize(2).allSatisfy(request -> assertThat(request)
                    .startsWith("GET / "));
        }
    }
}
