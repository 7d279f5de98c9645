package dev.kitbridge.server.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Init.PageCache.Mode;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.RequestContext;
import dev.kitbridge.server.Requests;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.TestApp;
import dev.kitbridge.server.internal.Answer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tries to get the page of one visitor to another. */
class NeverKeptTest {

    private static final Principal ANNA = () -> "anna";

    @TempDir
    static Path folder;

    private static CachedApp app;

    @BeforeAll
    static void open() throws Exception {
        app = new CachedApp(folder, Mode.ON);
    }

    @AfterAll
    static void close() throws Exception {
        app.awaitIdle();
        app.close();
    }

    private static String number(Response response) {
        String text = TestApp.text(response);
        return text.substring(0, text.indexOf(' '));
    }

    /** The check of the checks: without any of the reasons below, the page is kept. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'headers':{'cache-control':'s-maxage=60'}}",
                "{'headers':{'cache-control':'max-age=60'}}",
                "{'headers':{'cdn-cache-control':'max-age=60','cache-control':'no-store'}}",
                "{'headers':{'cache-control':'s-maxage=60'},'streams':'ends'}",
                "{'headers':{'cache-control':'s-maxage=60'},'fills':200000}",
                "{'config':{'isr':{'expiration':60}}}",
                "{'config':{'isr':{'expiration':false}}}",
                "{'config':{'cache':{'ttl':60}}}",
                "{'config':{'cache':{'ttl':60,'statuses':[404]}},'status':404}",
                "{'config':{'cache':{}},'headers':{'cache-control':'max-age=60'}}",
            })
    void aSharedPageIsKept(String page) {
        String path = CachedApp.page(page);
        assertThat(number(app.ask(path))).isEqualTo("1");
        Response second = app.ask(path);
        assertThat(number(second)).isEqualTo("1");
        assertThat(CachedApp.isHit(second)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no freshness | no-freshness | {}",
                "set-cookie | set-cookie | {'headers':{'cache-control':'s-maxage=60','set-cookie':'a=1'}}",
                "private | private | {'headers':{'cache-control':'private, s-maxage=60'}}",
                "private of no field | private | {'headers':{'cache-control':'s-maxage=60, private=\\\"\\\"'}}",
                "no-store | no-store | {'headers':{'cache-control':'s-maxage=60, no-store'}}",
                "no-cache | no-cache | {'headers':{'cache-control':'s-maxage=60, no-cache'}}",
                "hidden no-store | no-store | {'headers':{'cache-control':'s-maxage=60, a=\\\"b, no-store'}}",
                "targeted | private | {'headers':{'cache-control':'s-maxage=60','cdn-cache-control':'private'}}",
                "expired | stale | {'headers':{'cache-control':'s-maxage=0'}}",
                "invalid age | stale | {'headers':{'cache-control':'s-maxage=ten'}}",
                "vary | vary | {'headers':{'cache-control':'s-maxage=60','vary':'*'}}",
                "status 404 | status | {'headers':{'cache-control':'s-maxage=60'},'status':404}",
                "status 500 | status | {'headers':{'cache-control':'s-maxage=60'},'status':500}",
                "partial | status | {'config':{'cache':{'ttl':60,'statuses':[206]}},'status':206}",
                "range | content-range | {'headers':{'cache-control':'s-maxage=60','content-range':'bytes 0-1/9'}}",
                "encoded | content-encoding | {'headers':{'cache-control':'s-maxage=60','content-encoding':'x'}}",
                "CSP nonce | nonce | {'headers':{'cache-control':'s-maxage=60','content-security-policy':'script-src ~nonce-abc~'}}",
                "nonce in the page | nonce | {'headers':{'cache-control':'s-maxage=60','content-type':'text/html'},'body':'<script NONCE=\\\"x\\\">'}",
                "nonce after spaces | nonce | {'headers':{'cache-control':'s-maxage=60','content-type':'text/html'},'body':'<script nonce =\\\"x\\\">'}",
                "nonce in SVG | nonce | {'headers':{'cache-control':'s-maxage=60','content-type':'image/svg+xml'},'body':'<script nonce=\\\"x\\\">'}",
                "events | stream | {'headers':{'cache-control':'s-maxage=60','content-type':'text/event-stream'}}",
                "size | limit | {'headers':{'cache-control':'s-maxage=60'},'fills':600000}",
                "address | address | {'headers':{'cache-control':'s-maxage=60'},'reads':['address']}",
                "request | address | {'headers':{'cache-control':'s-maxage=60'},'reads':['request']}",
                "list of members | address | {'headers':{'cache-control':'s-maxage=60'},'lists':true}",
                "rule and set-cookie | set-cookie | {'config':{'isr':{'expiration':60}},'headers':{'set-cookie':'a=1'}}",
                "rule and private | private | {'config':{'isr':{'expiration':60}},'headers':{'cache-control':'private'}}",
                "invalid rule | rule | {'config':{'isr':{'expiration':'60'}},'headers':{'cache-control':'s-maxage=60'}}",
                "rule of a fetched route | no-freshness | {'fetches':{'isr':{'expiration':60}}}",
            })
    void otherPagesAreNot(String name, String detail, String page) {
        String path = CachedApp.page(page);
        Response first = app.ask(path);
        assertThat(number(first)).isEqualTo("1");
        assertThat(first.headers().first("cache-status")).isEqualTo("kitbridge; fwd=uri-miss; detail=" + detail);
        Response second = app.ask(path);
        assertThat(number(second)).as(name).isEqualTo("2");
        assertThat(second.source()).isEqualTo(Response.Source.WORKER);
    }

    @ParameterizedTest
    @CsvSource({"breaks", "never"})
    void aStreamThatDoesNotEndIsNot(String how) throws Exception {
        String path = CachedApp.page("{'headers':{'cache-control':'s-maxage=60'},'streams':'" + how + "'}");
        for (int i = 1; i <= 2; i++) {
            Response response = app.ask(path);
            assertThat(response.source()).isEqualTo(Response.Source.WORKER);
            response.discard();
        }
    }

    @Test
    void aPageForAuthorizationIsNot() {
        String path = CachedApp.kept(",'x':'y'");
        assertThat(app.text(path, "authorization", "Basic YW5uYQ==")).startsWith("1 ");
        assertThat(app.text(path)).startsWith("2 ");
        assertThat(app.text(path, "authorization", "Basic YmVu")).startsWith("3 ");
    }

    @Test
    void aPageForCookiesIsNot() {
        String path = CachedApp.kept("");
        assertThat(app.text(path, "cookie", "session=anna")).startsWith("1 query= cookie=session=anna");
        assertThat(app.text(path)).startsWith("2 query= cookie=-");
        assertThat(app.text(path, "cookie", "session=anna")).startsWith("3 query= cookie=session=anna");
        assertThat(app.text(path, "cookie", "session=ben")).startsWith("4 query= cookie=session=ben");
        assertThat(app.text(path)).startsWith("2 ");
    }

    /** The first visitor's cookie reaches the app, since the rule is not known yet; no later one does. */
    @Test
    void aRuleThatIgnoresCookiesKeepsThemFromTheApp() {
        String path = CachedApp.page("{'config':{'isr':{'expiration':60}}}");
        assertThat(app.text(path, "cookie", "session=anna")).startsWith("1 query= cookie=session=anna");
        assertThat(app.text(path, "cookie", "session=ben")).startsWith("2 query= cookie=- ");
        assertThat(app.text(path, "cookie", "session=anna")).startsWith("2 query= cookie=- ");
        assertThat(app.text(path)).startsWith("2 query= cookie=- ");
    }

    @Test
    void aRuleThatNamesCookiesKeepsOthersFromTheApp() {
        String path = CachedApp.page("{'config':{'cache':{'ttl':60,'cookies':['theme']}}}");
        assertThat(app.text(path, "cookie", "session=anna; theme=dark")).startsWith("1 ");
        assertThat(app.text(path, "cookie", "session=ben; theme=dark")).startsWith("2 query= cookie=theme=dark ");
        assertThat(app.text(path, "cookie", "theme=dark", "cookie", "session=cem"))
                .startsWith("2 query= cookie=theme=dark ");
        assertThat(app.text(path, "cookie", "theme=light")).startsWith("3 query= cookie=theme=light ");
        assertThat(app.text(path)).startsWith("4 query= cookie=- ");
    }

    @Test
    void varyingByCookieSeparatesVisitors() {
        String path = CachedApp.kept(",'vary':'Cookie'");
        assertThat(app.text(path, "cookie", "session=anna")).startsWith("1 ");
        assertThat(app.text(path, "cookie", "session=ben")).startsWith("2 query= cookie=session=ben");
        assertThat(app.text(path, "cookie", "session=anna")).startsWith("1 query= cookie=session=anna");
        assertThat(app.text(path)).startsWith("3 query= cookie=- ");
    }

    @Test
    void parametersThatTheRuleDoesNotNameDoNotReachTheApp() {
        String path = CachedApp.page("{'config':{'isr':{'expiration':60,'allowQuery':['page']}}}");
        assertThat(app.text(path + "?page=1&evil=x")).startsWith("1 query=?page=1&evil=x ");
        assertThat(app.text(path + "?other=y&page=1")).startsWith("2 query=?page=1 ");
        assertThat(app.text(path + "?page=1")).startsWith("2 query=?page=1 ");
        assertThat(app.text(path + "?page=2")).startsWith("3 query=?page=2 ");
    }

    /** @param known what the front knows of a visitor, of which the page may depend */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "'reads':['principal']; principal context",
                "'reads':['principal'],'streams':'ends','late':true; principal context",
                "'reads':['services']; principal context",
                "'reads':['user']; principal context user",
                "'has':true; principal context user",
                "'reads':['attributes']; principal context attributes",
            })
    void aPageThatAsksWhoTheVisitorIsIsForThoseWhoAreNot(String asks, String known) {
        String path = CachedApp.page("{'headers':{'cache-control':'s-maxage=60'}," + asks + "}");
        int renderings = 0;
        for (String each : known.split(" ", -1)) {
            assertThat(number(app.ask(path, visitor(each)))).isEqualTo("" + ++renderings);
            assertThat(number(app.ask(path, visitor(each)))).isEqualTo("" + ++renderings);
        }
        String kept = "" + ++renderings;
        assertThat(number(app.ask(path, CachedApp.ANYBODY))).isEqualTo(kept);
        for (String each : known.split(" ", -1)) {
            assertThat(number(app.ask(path, visitor(each)))).isEqualTo("" + ++renderings);
        }
        assertThat(number(app.ask(path, CachedApp.ANYBODY))).isEqualTo(kept);
        for (String each : List.of("principal", "context", "user", "attributes")) {
            if (!known.contains(each))
                assertThat(number(app.ask(path, visitor(each)))).as(each).isEqualTo(kept);
        }
        assertThat(number(app.ask(path, CachedApp.ANYBODY.withContext(new Context(new AtomicBoolean())))))
                .isEqualTo(kept);
    }

    /** Returns a visitor of whom the front knows one thing. */
    private static RespondOptions visitor(String known) {
        return switch (known) {
            case "principal" -> CachedApp.ANYBODY.withPrincipal(ANNA);
            case "context" -> CachedApp.ANYBODY.withContext(new Context(new AtomicBoolean(true)));
            case "user" -> CachedApp.ANYBODY.withPlatform(Map.of("user", "ben"));
            case "attributes" -> CachedApp.ANYBODY.withAttributes(Map.of("a", 1));
            default -> throw new IllegalArgumentException(known);
        };
    }

    private record Context(AtomicBoolean personal) implements RequestContext {
        @Override
        public <T> T call(Callable<T> task) throws Exception {
            return task.call();
        }

        @Override
        public boolean isPersonal() {
            return personal.get();
        }
    }

    @Test
    void aServiceMayAskWhoTheVisitorIsWhileThePageIsRendered() throws Exception {
        String path =
                CachedApp.page("{'headers':{'cache-control':'s-maxage=60'},'reads':['services'],'waits':'asking'}");
        Context context = new Context(new AtomicBoolean());
        Answer first = app.send(Requests.get(path), CachedApp.ANYBODY.withContext(context));
        context.personal().set(true);
        app.ask("/kept/open?asking-1").discard();
        assertThat(number(Requests.await(first))).isEqualTo("1");
        app.ask("/kept/open?asking-2").discard();
        assertThat(number(app.ask(path))).isEqualTo("2");
        assertThat(number(app.ask(path))).isEqualTo("2");
    }

    @Test
    void whatTheAppFetchesFromTheFrontForAVisitorIsNotKept() throws Exception {
        HttpServer front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        front.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        front.start();
        try {
            Loopback loopback = new Loopback(
                    URI.create("http://127.0.0.1:" + front.getAddress().getPort()));
            String path = CachedApp.page("{'headers':{'cache-control':'s-maxage=60'},'loads':'/api'}");
            RespondOptions anybody = CachedApp.ANYBODY.withLoopback(loopback);
            RespondOptions anna = anybody.withPrincipal(ANNA);
            assertThat(number(app.ask(path, anna))).isEqualTo("1");
            assertThat(number(app.ask(path, anybody))).isEqualTo("2");
            assertThat(number(app.ask(path, anna))).isEqualTo("3");
            assertThat(number(app.ask(path, anybody))).isEqualTo("2");
        } finally {
            front.stop(0);
        }
    }

    private record Loopback(URI url) implements RespondOptions.Loopback {
        @Override
        public Map<String, String> begin() {
            return Map.of();
        }

        @Override
        public void end(Map<String, String> headers) {}
    }

    /** A browser escapes more characters than a rule does. */
    @ParameterizedTest
    @CsvSource({
        "filter[color], filter%5Bcolor%5D=red, filter%5bcolor%5D=blue",
        "gr\u00f6\u00dfe, gr%C3%B6%C3%9Fe=1, gr%C3%B6%C3%9Fe=2",
        "two words, two+words=1, two%20words=2",
        "page, p%61ge=1, page=2",
    })
    void escapedNamesOfParametersAreThoseOfTheRule(String name, String one, String other) {
        String path = CachedApp.page("{'config':{'isr':{'expiration':60,'allowQuery':['" + name + "']}}}");
        app.text(path);
        assertThat(app.text(path + "?x=1&" + one)).startsWith("2 query=?" + one + " ");
        assertThat(app.text(path + "?" + other)).startsWith("3 query=?" + other + " ");
        assertThat(app.text(path + "?" + one)).startsWith("2 ");
    }

    @Test
    void aPageThatDoesNotAskIsForEverybody() {
        String path = CachedApp.kept("");
        RespondOptions anna = CachedApp.ANYBODY.withPrincipal(ANNA).withPlatform(Map.of("user", "anna"));
        assertThat(number(app.ask(path, anna))).isEqualTo("1");
        assertThat(number(app.ask(path, CachedApp.ANYBODY))).isEqualTo("1");
    }

    @Test
    void hostsAreSeparate() {
        String path = CachedApp.kept("");
        assertThat(app.text(path)).startsWith("1 ");
        Request other = Request.get("https://other.example", path, Headers.EMPTY);
        assertThat(number(app.ask(other))).isEqualTo("2");
        assertThat(number(app.ask(Request.get(Requests.ORIGIN, path, Headers.EMPTY))))
                .isEqualTo("1");
    }

    @Test
    void aRequestMayForbidToKeepItsPage() {
        String path = CachedApp.kept("");
        assertThat(app.text(path, "cache-control", "no-store")).startsWith("1 ");
        assertThat(app.text(path)).startsWith("2 ");
    }

    /** A range or a HEAD request that causes a rendering does not make its part the page. */
    @ParameterizedTest
    @CsvSource({"range, bytes=0-0", "if-none-match, *", "if-modified-since, 'Sun, 01 Mar 2099 12:00:00 GMT'"})
    void aConditionOfOneClientIsNotAnothersPage(String name, String value) {
        String path = CachedApp.kept("");
        app.ask(path, name, value).discard();
        Response page = app.ask(path);
        assertThat(page.status()).isEqualTo(200);
        assertThat(TestApp.text(page)).startsWith("1 query= cookie=- ");
        app.ask(Request.of("HEAD", Requests.ORIGIN, path, Headers.EMPTY, null)).discard();
        assertThat(app.text(path)).startsWith("1 query= cookie=- ");
    }

    /** Neither of them is the page of the other, whatever the app makes of such paths. */
    @ParameterizedTest
    @CsvSource({
        "/a%2Fb, /a/b",
        "/a%2fb, /a%2Fb",
        "/a//b, /a/b",
        "/a/./b, /a/b",
        "/x/../a, /a",
        "/a%00, /a",
        "/a;jsessionid=1, /a",
        "/A, /a",
        "/a%20, /a+",
        "/a%3Fb=1, /a?b=1",
        "/a?b=1%23c, /a?b=1",
        "/a?b=1%26c=2, /a?b=1&c=2",
        "/a?b=%31, /a?b=1",
        "/a?b, /a?b=",
        "/a/__data.json, /a",
        "/a/__data.json?x-sveltekit-invalidated=01, /a/__data.json?x-sveltekit-invalidated=11",
        "/a.html__data.json, /a.html",
    })
    void pathsThatLookAlikeAreSeparate(String one, String other) {
        String path = CachedApp.kept("");
        String first = number(app.ask(path + one));
        Response second = app.ask(path + other);
        assertThat(CachedApp.isHit(second)).isFalse();
        assertThat(number(app.ask(path + one))).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com:8443",
        "http://example.com",
        "https://EXAMPLE.org",
        "https://example.com.",
        "https://example.com.evil.example",
    })
    void anotherOriginHasItsOwnPages(String origin) {
        String path = CachedApp.kept("");
        assertThat(app.text(path)).startsWith("1 ");
        assertThat(number(app.ask(Request.get(origin, path, Headers.EMPTY)))).isEqualTo("2");
        assertThat(app.text(path)).startsWith("1 ");
    }

    /** Names of cookies are compared as they are: an app may set several that look alike. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "theme=dark | Theme=dark",
                "theme=dark | theme=light",
                "theme=dark | xtheme=dark",
                "theme=dark | theme=dark=x",
                "theme=dark | theme=%64ark",
                "theme=dark | a=\"; theme=light; b=\"",
                "theme=dark | theme=dark; theme=light",
                "theme=dark | theme=light; theme=dark",
                "theme=dark | theme",
                "theme=dark | x",
            })
    void cookiesOfTheRuleSeparatePages(String one, String other) {
        String path = CachedApp.page("{'config':{'cache':{'ttl':60,'cookies':['theme']}}}");
        assertThat(app.text(path, "cookie", one)).startsWith("1 ");
        assertThat(app.text(path, "cookie", other)).startsWith("2 ");
        assertThat(app.text(path, "cookie", one)).startsWith("1 ");
        assertThat(app.text(path, "cookie", other)).startsWith("2 ");
    }

    @Test
    void moreThanOneCookieFieldIsOneValue() {
        String path = CachedApp.kept(",'vary':'Cookie'");
        assertThat(app.text(path, "cookie", "a=1", "cookie", "b=2")).startsWith("1 ");
        assertThat(app.text(path, "cookie", "a=1")).startsWith("2 ");
        assertThat(app.text(path, "cookie", "b=2")).startsWith("3 ");
        assertThat(app.text(path, "cookie", "a=1", "cookie", "b=3")).startsWith("4 ");
    }

    /** The app confirms a page to one visitor without looking at who it is for; the page asked for that before. */
    @Test
    void aConfirmedPageIsStillForThoseWhoAreNotKnown() {
        String path = CachedApp.page("{'headers':{'cache-control':'s-maxage=10','etag':'a'},'reads':['principal'],"
                + "'later':{'reads':[],'status':304}}");
        RespondOptions anna = CachedApp.ANYBODY.withPrincipal(ANNA);
        assertThat(number(app.ask(path, CachedApp.ANYBODY))).isEqualTo("1");
        app.pass(Duration.ofSeconds(20));
        Response confirmed = app.ask(path, CachedApp.ANYBODY);
        assertThat(confirmed.status()).isEqualTo(200);
        assertThat(number(confirmed)).isEqualTo("1");
        assertThat(app.ask(path, anna).source()).isEqualTo(Response.Source.WORKER);
    }

    /** A page of another method, or of a change, is none that others get. */
    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"})
    void aResponseToAnotherMethodIsNot(String method) {
        String path = CachedApp.kept("");
        assertThat(number(app.ask(Request.of(method, Requests.ORIGIN, path, Headers.EMPTY, null))))
                .isEqualTo("1");
        assertThat(app.text(path)).startsWith("2 ");
        assertThat(number(app.ask(Request.of(method, Requests.ORIGIN, path, Headers.EMPTY, null))))
                .isEqualTo("3");
    }
}
