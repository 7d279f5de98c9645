package dev.kitbridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pages of a Spring application are kept, and for whom. */
class SpringPageCacheTest {

    private static RunningShop shop;

    @BeforeAll
    static void start(@TempDir Path temp) throws Exception {
        shop = RunningShop.start(
                temp,
                List.of("kitbridge.page-cache=declared", "server.forward-headers-strategy=native"),
                ShopApplication.class);
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    /** Returns the path of a page of which the app sees no cookies. */
    private static String page(String name, String more) {
        return described(name, "'config':{'isr':{'expiration':60}}," + more);
    }

    private static String described(String name, String json) {
        byte[] bytes = ("{" + json.replace('\'', '"') + "}").getBytes(StandardCharsets.UTF_8);
        return "/kept/" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "/" + name;
    }

    /** Returns the cookie of a session. */
    private static String signedIn(String user) throws Exception {
        HttpRequest.Builder form = shop.post(
                        "/login", "application/x-www-form-urlencoded", "username=" + user + "&password=secret")
                .header("origin", shop.origin());
        return shop.send(form).headers().firstValue("set-cookie").orElseThrow().replaceFirst(";.*", "");
    }

    private static String get(String page, String cookie) throws Exception {
        return shop.send(shop.request(page).header("cookie", cookie)).body();
    }

    private static int number(String text) {
        return Integer.parseInt(text.substring(0, text.indexOf(' ')));
    }

    @Test
    void whatAControllerTellsAUserIsNotKept() throws Exception {
        String page = page("controller", "'loads':'/api/who'");
        String anna = signedIn("anna");
        assertThat(get(page, anna)).contains("anna at");
        assertThat(get(page, anna)).contains("anna at");
        String kept = shop.get(page);
        assertThat(kept).contains("nobody at");
        assertThat(shop.get(page)).isEqualTo(kept);
        assertThat(get(page, signedIn("admin"))).contains("admin at");
    }

    @Test
    void aPageThatCallsABeanIsKeptForVisitorsWithoutASession() throws Exception {
        String page = page("bean", "'calls':'onVirtualThread'");
        String anna = signedIn("anna");
        assertThat(number(get(page, anna))).isEqualTo(1);
        assertThat(number(shop.get(page))).isEqualTo(2);
        assertThat(number(shop.get(page))).isEqualTo(2);
        assertThat(number(get(page, anna))).isEqualTo(3);
        // a session of nobody
        String session = shop.send(shop.request("/csrf"))
                .headers()
                .firstValue("set-cookie")
                .orElseThrow()
                .replaceFirst(";.*", "");
        assertThat(number(get(page, session))).isEqualTo(4);
        assertThat(number(get(page, "other=1"))).isEqualTo(2);
    }

    /** The request's own bean, and the request itself. */
    @ParameterizedTest
    @ValueSource(strings = {"visit", "who"})
    void aBeanThatAsksForTheRequestIsNotKept(String method) throws Exception {
        String page = page("request-" + method, "'calls':'" + method + "'");
        assertThat(number(shop.get(page))).isEqualTo(1);
        assertThat(number(shop.get(page))).isEqualTo(2);
    }

    @Test
    void aPageWithTheTokenOfAVisitorIsNotKept() throws Exception {
        String page = page("csrf", "'reads':['csrf']");
        assertThat(number(shop.get(page))).isEqualTo(1);
        assertThat(number(shop.get(page))).isEqualTo(2);
    }

    /** The visitor has got the stale page, so that the container may use the request for another client. */
    @Test
    void aPageThatIsRenderedInTheBackgroundSeesTheSameApplication() throws Exception {
        String page = described(
                "background", "'config':{'cache':{'ttl':0,'swr':600}},'loads':'/api/who','waits':'background'");
        HttpRequest.Builder request = RunningShop.forwarded(shop.request(page));
        shop.get("/kept/open?background-1");
        String first = shop.send(request).body();
        assertThat(first).startsWith("1 ").contains("nobody at 127.0.0.1 of https://shop.example/api/who");
        assertThat(shop.send(request).body()).isEqualTo(first);
        // ends the requests before the background rendering continues
        shop.get("/kept/open?background-2");
        String second = first;
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30); second.equals(first); ) {
            assertThat(System.nanoTime()).isLessThan(end);
            second = shop.send(request).body();
        }
        assertThat(second.substring(1)).isEqualTo(first.substring(1));
    }
}
