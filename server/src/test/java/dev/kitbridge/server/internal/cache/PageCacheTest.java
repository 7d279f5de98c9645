package dev.kitbridge.server.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Collector;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Init.PageCache.Mode;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.Requests;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.TestApp;
import dev.kitbridge.server.internal.Answer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page cache in front of a real worker, as clients see it. */
class PageCacheTest {

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

    @Test
    void aKeptPageHasItsAgeAndState() {
        String path = CachedApp.kept(",'x-own':'1','content-type':'text/html'");
        Response first = app.ask(path);
        assertThat(first.headers().first("cache-status")).isEqualTo("kitbridge; fwd=uri-miss; stored; ttl=60");
        app.pass(Duration.ofSeconds(20));
        Response second = app.ask(path);
        assertThat(second.source()).isEqualTo(Response.Source.CACHE);
        assertThat(second.headers().first("cache-status")).isEqualTo("kitbridge; hit; ttl=40");
        assertThat(second.headers().all("age")).containsExactly("20");
        assertThat(second.headers().first("x-own")).isEqualTo("1");
        assertThat(second.headers().first("content-type")).isEqualTo("text/html");
        app.pass(Duration.ofSeconds(40));
        assertThat(app.text(path)).startsWith("2 ");
    }

    @Test
    void headConditionsAndRangesAreAnsweredFromTheEntry() {
        String path = CachedApp.kept("");
        Response page = app.ask(path);
        String text = TestApp.text(page);
        String etag = page.headers().first("etag");
        assertThat(etag).startsWith("\"");
        Response head = app.ask(Request.of("HEAD", Requests.ORIGIN, path, Headers.EMPTY, null));
        assertThat(head.body()).isEqualTo(Body.EMPTY);
        assertThat(head.headers().first("content-length")).isEqualTo(String.valueOf(text.length()));
        assertThat(CachedApp.isHit(head)).isTrue();
        Response unchanged = app.ask(path, "if-none-match", "\"other\", W/" + etag);
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.headers().first("cache-control")).isEqualTo("s-maxage=60");
        assertThat(app.ask(path, "if-none-match", "\"other\"").status()).isEqualTo(200);
        Response part = app.ask(path, "range", "bytes=2-6");
        assertThat(part.status()).isEqualTo(206);
        assertThat(TestApp.text(part)).isEqualTo(text.substring(2, 7));
        assertThat(app.ask(path, "range", "bytes=999999-").status()).isEqualTo(416);
    }

    @Test
    void theAppAnswersConditionsForAPageThatIsNotKept() {
        String path = CachedApp.page("{'headers':{'etag':'~a~'}}".replace("~", "\\\""));
        for (int i = 0; i < 3; i++) {
            assertThat(app.ask(path).status()).isEqualTo(200);
            Response unchanged = app.ask(path, "if-none-match", "\"a\"");
            assertThat(unchanged.status()).isEqualTo(304);
            assertThat(unchanged.source()).isEqualTo(Response.Source.WORKER);
        }
    }

    /** Kit answers an error with HTML or JSON, and without {@code Vary}. */
    @Test
    void errorsAreKeptForEachAccept() {
        String path = CachedApp.page("{'config':{'cache':{'ttl':60,'statuses':[200,404]}},'status':404}");
        assertThat(app.text(path, "accept", "text/html")).startsWith("1 ");
        assertThat(app.text(path, "accept", "application/json")).startsWith("2 ");
        assertThat(app.text(path)).startsWith("3 ");
        assertThat(app.text(path, "accept", "text/html")).startsWith("1 ");
        assertThat(app.text(path, "accept", "application/json")).startsWith("2 ");
        String page = CachedApp.page("{'config':{'cache':{'ttl':60}}}");
        assertThat(app.text(page, "accept", "text/html")).startsWith("1 ");
        assertThat(app.text(page, "accept", "application/json")).startsWith("1 ");
    }

    @Test
    void aPageIsCompressedOnce() throws Exception {
        String path =
                CachedApp.page("{'headers':{'cache-control':'s-maxage=60','content-type':'text/html'},'fills':50000}");
        String plain = app.text(path);
        Response response = app.ask(path, "accept-encoding", "gzip, br");
        assertThat(response.headers().first("content-encoding")).isEqualTo("gzip");
        assertThat(response.headers().first("vary")).isEqualTo("Accept-Encoding");
        byte[] bytes = Collector.of(response).bytes();
        assertThat(bytes).hasSizeLessThan(2000);
        byte[] inflated = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
        assertThat(new String(inflated, StandardCharsets.UTF_8)).isEqualTo(plain);
        assertThat(app.ask(path).headers().first("content-encoding")).isNull();
        String etag = response.headers().first("etag");
        assertThat(app.ask(path, "accept-encoding", "gzip", "if-none-match", etag)
                        .status())
                .isEqualTo(304);
        assertThat(app.ask(path, "if-none-match", etag).status()).isEqualTo(200);
    }

    @Test
    void aPageIsCompressedForTheSecondRequest() throws Exception {
        String path =
                CachedApp.page("{'headers':{'cache-control':'s-maxage=60','content-type':'text/html'},'fills':50000}");
        Response first = app.ask(path, "accept-encoding", "gzip");
        assertThat(first.headers().first("content-encoding")).isNull();
        assertThat(first.headers().first("vary")).isEqualTo("Accept-Encoding");
        first.discard();
        Response second = app.ask(path, "accept-encoding", "gzip");
        assertThat(second.headers().first("content-encoding")).isEqualTo("gzip");
        second.discard();
        // the browser of the first request has the plain form
        String etag = first.headers().first("etag");
        assertThat(second.headers().first("etag")).isNotEqualTo(etag);
        Response again = app.ask(path, "accept-encoding", "gzip", "if-none-match", etag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.headers().first("etag")).isEqualTo(etag);
    }

    @Test
    void varyingPagesAreKeptForEachValue() {
        String path = CachedApp.kept(",'vary':'Accept-Language'");
        assertThat(app.text(path, "accept-language", "de")).startsWith("1 ");
        assertThat(app.text(path, "accept-language", "fr")).startsWith("2 ");
        assertThat(app.text(path, "accept-language", "de")).startsWith("1 ").contains("language=de");
        assertThat(app.text(path, "accept-language", "fr")).startsWith("2 ").contains("language=fr");
    }

    private static List<Answer> visitors(int count, String path) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) answers.add(app.send(Requests.get(path), CachedApp.ANYBODY));
        return answers;
    }

    private static List<String> texts(List<Answer> answers) {
        return answers.stream()
                .map(answer -> TestApp.text(Requests.await(answer)).split(" ")[0])
                .toList();
    }

    @Test
    void visitorsWaitForOneRendering() throws Exception {
        String path = CachedApp.page("{'headers':{'cache-control':'s-maxage=60'},'waits':'one'}");
        List<Answer> answers = visitors(50, path);
        app.app.awaitOutput("renders one 1");
        app.text("/kept/open?one-1");
        assertThat(texts(answers)).containsOnly("1");
        assertThat(app.app.output).doesNotContain("renders one 2");
    }

    @Test
    void aPageForOneVisitorIsRenderedForEach() throws Exception {
        String path = CachedApp.page("{'headers':{'set-cookie':'a=1'},'waits':'each'}");
        List<Answer> answers = visitors(3, path);
        app.app.awaitOutput("renders each 1");
        for (int i = 1; i <= 3; i++) app.text("/kept/open?each-" + i);
        assertThat(texts(answers)).containsExactlyInAnyOrder("1", "2", "3");
    }

    @Test
    void aVisitorWhoLeavesDoesNotEndTheRenderingForOthers() throws Exception {
        String path = CachedApp.page("{'headers':{'cache-control':'s-maxage=60'},'waits':'leaves'}");
        List<Answer> answers = visitors(3, path);
        app.app.awaitOutput("renders leaves 1");
        answers.get(0).cancel(true);
        app.text("/kept/open?leaves-1");
        assertThat(texts(answers.subList(1, 3))).containsOnly("1");
    }

    @Test
    void aVisitorWhoLeavesAloneEndsTheRendering() throws Exception {
        Answer answer = app.send(Requests.get(CachedApp.page("{'waits':'alone'}")), CachedApp.ANYBODY);
        app.app.awaitOutput("renders alone 1");
        answer.cancel(true);
        app.awaitIdle();
    }

    @Test
    void aStalePageIsServedWhileANewOneIsRendered() throws Exception {
        String path = CachedApp.page(
                "{'headers':{'cache-control':'s-maxage=60, stale-while-revalidate=60'},'later':{'waits':'stale'}}");
        assertThat(app.text(path)).startsWith("1 ");
        app.pass(Duration.ofSeconds(70));
        for (int i = 0; i < 5; i++) {
            Response stale = app.ask(path);
            assertThat(TestApp.text(stale)).startsWith("1 ");
            assertThat(stale.headers().first("cache-status")).isEqualTo("kitbridge; hit; ttl=-10");
        }
        app.app.awaitOutput("renders stale 2");
        app.text("/kept/open?stale-2");
        app.awaitIdle();
        assertThat(app.text(path)).startsWith("2 ");
        assertThat(app.app.output).doesNotContain("renders stale 3");
    }

    @Test
    void aStalePageIsServedInPlaceOfAnError() {
        String path = CachedApp.page(
                "{'headers':{'cache-control':'s-maxage=60, stale-if-error=60'},'later':{'status':500,'headers':{}}}");
        assertThat(app.text(path)).startsWith("1 ");
        app.pass(Duration.ofSeconds(70));
        Response stale = app.ask(path);
        assertThat(stale.status()).isEqualTo(200);
        assertThat(TestApp.text(stale)).startsWith("1 ");
        assertThat(stale.headers().first("cache-status")).isEqualTo("kitbridge; fwd=stale; fwd-status=500; ttl=-10");
        app.pass(Duration.ofSeconds(60));
        assertThat(app.ask(path).status()).isEqualTo(500);
    }

    /** Otherwise the page of a deleted product would be served as long as the rule allows stale pages. */
    @Test
    void aPageThatTheAppReplacesWithoutKeepingTheNewOneIsGone() throws Exception {
        String path = CachedApp.page("{'config':{'isr':{'expiration':60}},'later':{'status':404}}");
        assertThat(app.text(path)).startsWith("1 ");
        app.pass(Duration.ofSeconds(70));
        assertThat(app.text(path)).startsWith("1 ");
        app.awaitIdle();
        assertThat(app.ask(path).status()).isEqualTo(404);
    }

    /** Each reload in a browser asks for it. */
    @Test
    void aClientDoesNotDecideHowOldThePageOfARuleMayBe() {
        String path = CachedApp.page("{'config':{'cache':{'ttl':60}}}");
        assertThat(app.text(path)).startsWith("1 ");
        app.pass(Duration.ofSeconds(10));
        for (String wish : List.of("no-cache", "max-age=0", "max-age=5", "min-fresh=100")) {
            assertThat(app.text(path, "cache-control", wish)).startsWith("1 ");
        }
        assertThat(app.text(path, "pragma", "no-cache")).startsWith("1 ");
    }

    @Test
    void mustRevalidateForbidsStalePages() {
        String path = CachedApp.page(
                "{'headers':{'cache-control':'s-maxage=60, stale-if-error=60, stale-while-revalidate=60, must-revalidate'},"
                        + "'later':{'status':500,'headers':{}}}");
        assertThat(app.text(path)).startsWith("1 ");
        app.pass(Duration.ofSeconds(70));
        assertThat(app.ask(path).status()).isEqualTo(500);
    }

    @Test
    void aChangeInvalidatesThePath() {
        String path = CachedApp.kept("");
        String data = path + "/__data.json";
        assertThat(app.text(path + "?a=1")).startsWith("1 ");
        assertThat(app.text(data)).startsWith("1 ");
        assertThat(app.ask(Requests.post(path + "?/save", "x")).status()).isEqualTo(200);
        assertThat(app.text(path + "?a=1")).startsWith("3 ");
        assertThat(app.text(data)).startsWith("2 ");
    }

    @Test
    void aFailedChangeDoesNot() {
        String path = CachedApp.page("{'headers':{'cache-control':'s-maxage=60'},'later':{'status':400}}");
        assertThat(app.text(path)).startsWith("1 ");
        assertThat(app.ask(Requests.post(path, "x")).status()).isEqualTo(400);
        assertThat(app.text(path)).startsWith("1 ");
    }

    @Test
    void aPageFromBeforeAChangeIsNotKept() throws Exception {
        String path = CachedApp.page("{'headers':{'cache-control':'s-maxage=60'},'waits':'before'}");
        Answer before = app.send(Requests.get(path), CachedApp.ANYBODY);
        app.app.awaitOutput("renders before 1");
        for (int i = 2; i <= 3; i++) app.text("/kept/open?before-" + i);
        assertThat(app.ask(Requests.post(path, "x")).status()).isEqualTo(200);
        app.text("/kept/open?before-1");
        assertThat(TestApp.text(Requests.await(before))).startsWith("1 ");
        assertThat(app.text(path)).startsWith("3 ");
    }

    @Test
    void aTokenBypassesTheCacheOrRendersAgain() {
        String path = CachedApp.page("{'config':{'isr':{'expiration':60,'bypassToken':'secret'}}}");
        assertThat(app.text(path)).startsWith("1 ");
        assertThat(app.text(path, "cookie", "__prerender_bypass=wrong")).startsWith("1 ");
        assertThat(app.text(path, "cookie", "a=b; __prerender_bypass=secret")).startsWith("2 ");
        assertThat(app.text(path)).startsWith("1 ");
        assertThat(app.text(path, "x-prerender-revalidate", "wrong")).startsWith("1 ");
        assertThat(app.text(path, "x-prerender-revalidate", "secret")).startsWith("3 ");
        assertThat(app.text(path)).startsWith("3 ");
    }

    /** The JDK's client sends it with each request without TLS. */
    @Test
    void anOfferOfHttp2DoesNotBypassTheCache() {
        String path = CachedApp.kept("");
        assertThat(app.text(path, "upgrade", "h2c")).startsWith("1 ");
        assertThat(app.text(path, "upgrade", "h2c")).startsWith("1 ");
    }

    @Test
    void onlyIfCachedDoesNotRender() {
        String path = CachedApp.kept("");
        app.text(path);
        assertThat(app.ask(path, "cache-control", "only-if-cached").status()).isEqualTo(200);
        app.pass(Duration.ofSeconds(61));
        assertThat(app.ask(path, "cache-control", "only-if-cached").status()).isEqualTo(504);
    }

    /** Each query is a page of its own, as no rule names the parameters. */
    @Test
    void unknownParametersDoNotFillTheMemory() {
        String path = CachedApp.page("{'headers':{'cache-control':'s-maxage=60'},'fills':20000}");
        for (int i = 0; i < 600; i++) app.ask(path + "?random=" + i).discard();
        assertThat(app.cache.bytes()).isPositive().isLessThanOrEqualTo(4 * 1024 * 1024);
    }

    @Test
    void withoutWorkersKeptPagesAreServed(@TempDir Path other) throws Exception {
        CachedApp broken = new CachedApp(other, Mode.ON);
        String fresh = CachedApp.kept("");
        String stale = CachedApp.page("{'config':{'isr':{'expiration':10}}}");
        assertThat(broken.text(fresh)).startsWith("1 ");
        assertThat(broken.text(stale)).startsWith("1 ");
        broken.close();
        broken.pass(Duration.ofSeconds(30));
        for (int i = 0; i < 3; i++) {
            assertThat(broken.text(fresh)).startsWith("1 ");
            assertThat(broken.text(stale)).startsWith("1 ");
        }
        assertThat(broken.ask(CachedApp.kept("")).status()).isEqualTo(503);
    }

    @Test
    void declaredKeepsRoutesWithARuleOnly(@TempDir Path other) throws Exception {
        try (CachedApp declared = new CachedApp(other, Mode.DECLARED)) {
            String said = CachedApp.kept("");
            String rule = CachedApp.page("{'config':{'isr':{'expiration':10}}}");
            for (int i = 1; i <= 3; i++) {
                assertThat(declared.text(said)).startsWith(i + " ");
                assertThat(declared.text(rule)).startsWith("1 ");
            }
            assertThat(declared.ask(said).headers().first("cache-status")).isNull();
            // kit answers 400 to ?x-sveltekit-other, before it looks for the rule
            String rejected =
                    CachedApp.page("{'status':400,'later':{'status':200,'config':{'isr':{'expiration':10}}}}");
            assertThat(declared.ask(rejected + "?x-sveltekit-other=1").status()).isEqualTo(400);
            assertThat(declared.text(rejected)).startsWith("2 ");
            assertThat(declared.text(rejected)).startsWith("2 ");
            declared.awaitIdle();
        }
    }
}
