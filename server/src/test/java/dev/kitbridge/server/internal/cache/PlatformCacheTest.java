package dev.kitbridge.server.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Init.PageCache.Mode;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.Revalidation;
import dev.kitbridge.server.TestApp;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code event.platform.cache} in a real worker. */
class PlatformCacheTest {

    @TempDir
    static Path folder;

    private static volatile Revalidation.Result result = Revalidation.Result.COMPLETE;

    private static CachedApp app;

    @BeforeAll
    static void open() throws Exception {
        app = new CachedApp(folder, Mode.ON, new Replicas() {
            @Override
            public void listen(Consumer<Set<String>> forget) {}

            @Override
            public CompletionStage<Revalidation.Result> revalidate(Revalidation revalidation, boolean confirmed) {
                return CompletableFuture.completedFuture(result);
            }
        });
    }

    @AfterAll
    static void close() throws Exception {
        app.awaitIdle();
        app.close();
    }

    @BeforeEach
    void replicasAreReached() {
        result = Revalidation.Result.COMPLETE;
    }

    private static String tagged(String more) {
        return CachedApp.page("{'headers':{'cache-control':'s-maxage=60'}" + more + "}");
    }

    private static RespondOptions known(String user) {
        return CachedApp.ANYBODY.withPrincipal(() -> user);
    }

    /** Returns what the app's call resolved to. */
    private static String revalidate(String what) {
        return app.text(CachedApp.page("{'revalidates':" + what + "}")).replaceFirst(".*language=- ", "");
    }

    @Test
    void aPageIsTaggedWhileItRenders() {
        String page = tagged(",'tags':['platform:1','Größe:2']");
        assertThat(app.text(page)).startsWith("1 ");
        assertThat(app.text(page)).startsWith("1 ");
        assertThat(revalidate("{'tags':['platform:1']}")).isEqualTo("{\"unreached\":[]}");
        assertThat(app.text(page)).startsWith("2 ");
        assertThat(revalidate("{'tags':['Größe:2']}")).isEqualTo("{\"unreached\":[]}");
        assertThat(app.text(page)).startsWith("3 ");
    }

    @Test
    void aStreamedPageIsTaggedUntilItsEnd() {
        String page = tagged(",'tags':['late'],'late':true,'streams':'ends'");
        assertThat(app.text(page)).startsWith("1 ");
        assertThat(app.text(page)).startsWith("1 ");
        revalidate("{'tags':['late']}");
        assertThat(app.text(page)).startsWith("2 ");
    }

    @Test
    void anAppRevalidatesByPathAndAll() {
        String page = tagged("");
        assertThat(app.text(page)).startsWith("1 ");
        revalidate("{'paths':['" + page + "']}");
        assertThat(app.text(page)).startsWith("2 ");
        revalidate("{'all':true}");
        assertThat(app.text(page)).startsWith("3 ");
    }

    @Test
    void theResultNamesReplicasThatWereNotReached() {
        result = new Revalidation.Result(List.of("Größe"));
        assertThat(revalidate("{'all':true}")).isEqualTo("{\"unreached\":[\"Größe\"]}");
    }

    @Test
    void theMemberTellsNothingAboutTheVisitor() {
        String page = tagged(",'tags':['shared']");
        assertThat(TestApp.text(app.ask(page, known("anna")))).startsWith("1 ");
        assertThat(CachedApp.isHit(app.ask(page, known("ben")))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{} | nothing is named; expected { paths: ['/path'] }, { tags: ['tag'] } or { all: true }",
                "{'tags':'a'} | expected { paths: ['/path'] }, { tags: ['tag'] } or { all: true }",
                "{'path':'/a'} | 'path' is unknown; expected { paths: ['/path'] }, { tags: ['tag'] } or { all: true }",
                "{'tags':['a b']} | 'a b' is no tag; expected 1 to 256 characters without spaces and commas",
                "{'paths':['a']} | 'a' is no path; expected one that begins with a slash, such as url.pathname",
            })
    void invalidRevalidationsAreRejected(String what, String message) {
        assertThat(revalidate(what)).isEqualTo("\"platform.cache.revalidate: " + message + "\"");
    }

    @Test
    void theServersLimitsAreReported() {
        StringBuilder many = new StringBuilder("'a'");
        for (int i = 0; i < Revalidation.LARGEST; i++)
            many.append(",'t").append(i).append("'");
        assertThat(revalidate("{'tags':[" + many + "]}")).contains("10001 paths and tags; expected at most 10000");
    }

    @Test
    void moreTagsThanTheLimitAreNotKept() {
        StringBuilder many = new StringBuilder("'a'");
        for (int i = 0; i < Tags.LARGEST; i++) many.append(",'t").append(i).append("'");
        Response page = app.ask(tagged(",'tags':[" + many + "]"));
        assertThat(page.headers().first("cache-status")).isEqualTo("kitbridge; fwd=uri-miss; detail=tags");
        page.discard();
    }

    @Test
    void anInvalidTagFailsInTheApp() {
        assertThat(app.ask(tagged(",'tags':['a,b']")).status()).isEqualTo(500);
    }
}
