package dev.kitbridge.server.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Await;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Init.PageCache.Mode;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.Requests;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.Revalidation;
import dev.kitbridge.server.TestApp;
import dev.kitbridge.server.internal.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No page from before a revalidation is served after it. */
class RevalidationTest {

    @TempDir
    static Path folder;

    private static final OtherReplicas REPLICAS = new OtherReplicas();

    private static CachedApp app;

    /** Other replicas, whose answers the test gives. */
    private static final class OtherReplicas implements Replicas {
        final List<Revalidation> told = new CopyOnWriteArrayList<>();
        Consumer<Set<String>> forget = names -> {};
        CompletableFuture<Revalidation.Result> result = new CompletableFuture<>();

        @Override
        public void listen(Consumer<Set<String>> listener) {
            forget = listener;
        }

        @Override
        public CompletionStage<Revalidation.Result> revalidate(Revalidation revalidation, boolean confirmed) {
            told.add(revalidation);
            return result;
        }
    }

    @BeforeAll
    static void open() throws Exception {
        app = new CachedApp(folder, Mode.ON, REPLICAS);
    }

    @AfterAll
    static void close() throws Exception {
        app.awaitIdle();
        app.close();
    }

    @BeforeEach
    void replicasAnswer() {
        REPLICAS.told.clear();
        REPLICAS.result = CompletableFuture.completedFuture(Revalidation.Result.COMPLETE);
    }

    private static void revalidate(Revalidation revalidation) {
        assertThat(app.cache.revalidate(revalidation).toCompletableFuture().join())
                .isEqualTo(Revalidation.Result.COMPLETE);
    }

    private static String tagged(String header, String value) {
        return CachedApp.kept(",'" + header + "':'" + value + "'");
    }

    @Test
    void byPathConcernsAllPagesOfThePathAndTheirData() {
        String path = CachedApp.kept("");
        String other = CachedApp.kept("");
        for (String target : List.of(path, path + "?a=1", other))
            assertThat(app.text(target)).startsWith(target.contains("?") ? "2 " : "1 ");
        String data = path + "/__data.json";
        assertThat(app.text(data)).startsWith("1 ");
        revalidate(Revalidation.ofPaths(path + "/?ignored"));
        assertThat(app.text(path)).startsWith("3 ");
        assertThat(app.text(path + "?a=1")).startsWith("4 ");
        assertThat(app.text(data)).startsWith("2 ");
        assertThat(app.text(other)).startsWith("1 ");
    }

    @Test
    void aPathIsTheSameHoweverItIsEscaped() {
        String path = CachedApp.kept("");
        String escaped = path.replace("/kept/", "/k%65pt/");
        assertThat(Names.path(escaped)).isEqualTo(Names.path(path));
        assertThat(Names.path("/caf%C3%A9/a%20b/")).isEqualTo("/café/a b");
        assertThat(Names.path("/100%")).isEqualTo("/100%");
        for (String same : List.of("/a/./b", "/x/../a/b", "/a/x/%2e%2E/b/", "/../a/b/.", "/a/b/c/..", "/a\\b")) {
            assertThat(Names.path(same)).as(same).isEqualTo("/a/b");
        }
        assertThat(Names.path("/..")).isEqualTo("/");
        assertThat(Names.path("/.well-known/a..b")).isEqualTo("/.well-known/a..b");
        assertThat(Names.path("/")).isEqualTo(Names.path("/__data.json")).isEqualTo("/");
        assertThat(Names.path("/a.html__data.json")).isEqualTo("/a.html");
    }

    @Test
    void byTagConcernsThePagesWithTheTag() {
        String one = tagged("cache-tag", "shop, product:1");
        String two = tagged("surrogate-key", "shop product:2");
        String rule = CachedApp.page("{'config':{'cache':{'ttl':60,'tags':['product:1']}}}");
        for (String page : List.of(one, two, rule)) assertThat(app.text(page)).startsWith("1 ");
        revalidate(Revalidation.ofTags("product:1"));
        assertThat(app.text(one)).startsWith("2 ");
        assertThat(app.text(two)).startsWith("1 ");
        assertThat(app.text(rule)).startsWith("2 ");
        revalidate(Revalidation.ofTags("other", "shop"));
        assertThat(app.text(one)).startsWith("3 ");
        assertThat(app.text(two)).startsWith("2 ");
        assertThat(app.text(rule)).startsWith("2 ");
    }

    @Test
    void allConcernsAllPages() {
        String path = CachedApp.kept("");
        assertThat(app.text(path)).startsWith("1 ");
        revalidate(Revalidation.ofAll());
        assertThat(app.text(path)).startsWith("2 ");
        assertThat(app.cache.names()).isEqualTo(1);
    }

    @Test
    void aRevalidatedPageIsNotEvenServedInPlaceOfAnError() {
        String path = CachedApp.page(
                "{'headers':{'cache-control':'s-maxage=60, stale-while-revalidate=60, stale-if-error=60',"
                        + "'cache-tag':'broken'},'later':{'status':500,'headers':{}}}");
        assertThat(app.text(path)).startsWith("1 ");
        revalidate(Revalidation.ofTags("broken"));
        assertThat(app.ask(path).status()).isEqualTo(500);
    }

    @Test
    void aRequestThatHasAStalePageIsNotAnsweredWithItAfterARevalidation() throws Exception {
        String path = CachedApp.page("{'headers':{'cache-control':'s-maxage=60, stale-if-error=60','cache-tag':'held'},"
                + "'later':{'status':500,'headers':{},'waits':'held'}}");
        assertThat(app.text(path)).startsWith("1 ");
        app.pass(Duration.ofSeconds(70));
        Answer answer = app.send(Requests.get(path), CachedApp.ANYBODY);
        app.app.awaitOutput("renders held 2");
        revalidate(Revalidation.ofTags("held"));
        app.text("/kept/open?held-2");
        assertThat(Requests.await(answer).status()).isEqualTo(500);
    }

    @Test
    void aPageWhoseRenderingBeganBeforeIsNotKept() throws Exception {
        for (String how : List.of("tag", "all", "path")) {
            String name = "early-" + how;
            String path = CachedApp.page(
                    "{'headers':{'cache-control':'s-maxage=60','cache-tag':'early'},'waits':'" + name + "'}");
            Answer early = app.send(Requests.get(path), CachedApp.ANYBODY);
            app.app.awaitOutput("renders " + name + " 1");
            if (how.equals("tag")) revalidate(Revalidation.ofTags("early"));
            else revalidate(how.equals("all") ? Revalidation.ofAll() : Revalidation.ofPaths(path));
            app.text("/kept/open?" + name + "-1");
            assertThat(TestApp.text(Requests.await(early))).startsWith("1 ");
            app.text("/kept/open?" + name + "-2");
            assertThat(app.text(path)).startsWith("2 ");
            assertThat(app.text(path)).startsWith("2 ");
        }
    }

    @Test
    void requestsThatWaitedForAnOutdatedPageWaitForOneNewPage() throws Exception {
        String path =
                CachedApp.page("{'headers':{'cache-control':'s-maxage=60','cache-tag':'waiting'},'waits':'again'}");
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) answers.add(app.send(Requests.get(path), CachedApp.ANYBODY));
        app.app.awaitOutput("renders again 1");
        revalidate(Revalidation.ofTags("waiting"));
        app.text("/kept/open?again-1");
        app.app.awaitOutput("renders again 2");
        app.text("/kept/open?again-2");
        assertThat(TestApp.text(Requests.await(answers.get(0)))).startsWith("1 ");
        for (Answer answer : answers.subList(1, 10)) {
            assertThat(TestApp.text(Requests.await(answer))).startsWith("2 ");
        }
        assertThat(app.app.output).doesNotContain("renders again 3");
    }

    @Test
    void aPageWithTooManyTagsOrAnInvalidOneIsNotKept() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i <= Tags.LARGEST; i++) many.append('t').append(i).append(' ');
        for (String tags : List.of(many.toString(), "x".repeat(Revalidation.LARGEST_TAG + 1))) {
            Response page = app.ask(tagged("surrogate-key", tags));
            assertThat(page.headers().first("cache-status")).isEqualTo("kitbridge; fwd=uri-miss; detail=tags");
            page.discard();
        }
    }

    @Test
    void aPageThatIsReplacedOrEvictedLeavesNoName() {
        revalidate(Revalidation.ofAll());
        String path = CachedApp.page("{'headers':{'cache-control':'s-maxage=60','cache-tag':'first'},"
                + "'later':{'headers':{'cache-control':'s-maxage=60','cache-tag':'second'}}}");
        app.text(path);
        app.pass(Duration.ofSeconds(70));
        app.text(path);
        assertThat(app.cache.names()).isEqualTo(2);
        for (int i = 0; i < 300; i++) {
            String large = "{'fills':50000,'headers':{'cache-control':'s-maxage=60','cache-tag':'evicted" + i + "'}}";
            app.text(CachedApp.page(large));
        }
        assertThat(app.cache.bytes()).isLessThan(4 * 1024 * 1024);
        assertThat(app.cache.names()).isLessThan(2 * 80);
    }

    @Test
    void otherReplicasAreToldAndTellThisOne() {
        String path = tagged("cache-tag", "shared");
        assertThat(app.text(path)).startsWith("1 ");
        REPLICAS.forget.accept(Set.of("#shared"));
        assertThat(app.text(path)).startsWith("2 ");
        assertThat(REPLICAS.told).isEmpty();
        REPLICAS.result = new CompletableFuture<>();
        CompletableFuture<Revalidation.Result> result =
                app.cache.revalidate(Revalidation.ofTags("shared")).toCompletableFuture();
        assertThat(REPLICAS.told).containsExactly(Revalidation.ofTags("shared"));
        assertThat(app.text(path)).startsWith("3 ");
        assertThat(result).isNotDone();
        Revalidation.Result partly = new Revalidation.Result(List.of("replica 2"));
        REPLICAS.result.complete(partly);
        assertThat(result.join()).isEqualTo(partly);
        // the page may have come from the store that the replicas share, before it forgot it
        assertThat(app.text(path)).startsWith("4 ");
    }

    @Test
    void replicasThatCannotBeToldAreNamed() {
        REPLICAS.result = CompletableFuture.failedFuture(new IllegalStateException("no route"));
        assertThat(app.cache
                        .revalidate(Revalidation.ofAll())
                        .toCompletableFuture()
                        .join()
                        .unreached())
                .singleElement()
                .asString()
                .contains("no route");
    }

    @Test
    void aTokenOfTheRuleRevalidatesThePathOnAllReplicas() throws Exception {
        String path = CachedApp.page("{'config':{'isr':{'expiration':60,'bypassToken':'secret'}}}");
        // the first request of a replica does not know the rule yet
        for (int i = 1; i <= 2; i++) {
            REPLICAS.told.clear();
            REPLICAS.result = new CompletableFuture<>();
            Answer answer = app.send(
                    Request.get(Requests.ORIGIN, path, Headers.of("x-prerender-revalidate", "secret")),
                    CachedApp.ANYBODY);
            Await.until("the revalidation", () -> !REPLICAS.told.isEmpty());
            assertThat(answer).isNotDone();
            assertThat(REPLICAS.told).containsExactly(Revalidation.ofPaths(path));
            REPLICAS.result.complete(Revalidation.Result.COMPLETE);
            assertThat(TestApp.text(Requests.await(answer))).startsWith(i + " ");
            assertThat(app.text(path)).startsWith(i + " ");
        }
        REPLICAS.told.clear();
        assertThat(app.text(path, "x-prerender-revalidate", "wrong")).startsWith("2 ");
        assertThat(REPLICAS.told).isEmpty();
    }

    @Test
    void theAnswerToAChangeWaitsForTheReplicas() throws Exception {
        String path = CachedApp.kept("");
        REPLICAS.result = new CompletableFuture<>();
        Answer answer = app.send(Requests.post(path, "x"), CachedApp.ANYBODY);
        Await.until("the revalidation", () -> !REPLICAS.told.isEmpty());
        assertThat(answer).isNotDone();
        assertThat(REPLICAS.told).containsExactly(Revalidation.ofPaths(path));
        REPLICAS.result.complete(Revalidation.Result.COMPLETE);
        assertThat(Requests.await(answer).status()).isEqualTo(200);
    }
}
