package dev.kitbridge.server.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Init;
import dev.kitbridge.server.PageCacheFigures;
import dev.kitbridge.server.Requests;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.Revalidation;
import dev.kitbridge.server.TestApp;
import dev.kitbridge.server.internal.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures of the page cache, and the field that tells its state. */
class FiguresTest {

    @TempDir
    Path folder;

    private CachedApp app(boolean cacheStatus) throws Exception {
        return new CachedApp(
                folder, new Init.PageCache(Init.PageCache.Mode.ON, 4 * 1024 * 1024, cacheStatus), Replicas.NONE);
    }

    @Test
    void eachStateIsCounted() throws Exception {
        try (CachedApp app = app(true)) {
            assertThat(app.cache.figures()).isEqualTo(PageCacheFigures.NONE);
            String page = CachedApp.page("{'headers':{'cache-control':'s-maxage=60, stale-if-error=60'},"
                    + "'later':{'status':500,'headers':{}}}");
            app.text(page);
            app.text(page);
            app.pass(Duration.ofSeconds(70));
            app.text(page);
            String waits = CachedApp.page("{'headers':{'cache-control':'s-maxage=60'},'waits':'figures'}");
            List<Answer> answers = new ArrayList<>();
            for (int i = 0; i < 3; i++) answers.add(app.send(Requests.get(waits), CachedApp.ANYBODY));
            app.app.awaitOutput("renders figures 1");
            app.text("/kept/open?figures-1");
            for (Answer answer : answers) TestApp.text(Requests.await(answer));
            PageCacheFigures figures = app.cache.figures();
            assertThat(figures.hits()).isEqualTo(1);
            assertThat(figures.stale()).isEqualTo(1);
            // the path that opens the gate is one
            assertThat(figures.misses()).isEqualTo(4);
            assertThat(figures.collapsed()).isEqualTo(2);
            assertThat(figures.stored()).isEqualTo(2);
            assertThat(figures.entries()).isEqualTo(2);
            assertThat(figures.bytes()).isPositive();
            app.cache.revalidate(Revalidation.ofAll());
            assertThat(app.cache.figures().revalidations()).isEqualTo(1);
            assertThat(app.cache.figures().entries()).isZero();
            assertThat(app.cache.figures().bytes()).isZero();
            assertThat(app.cache.figures().evictions()).isZero();
            for (int i = 0; i < 100; i++) {
                app.text(CachedApp.page("{'fills':50000,'headers':{'cache-control':'s-maxage=60'}}"));
            }
            assertThat(app.cache.figures().evictions()).isPositive();
        }
    }

    @Test
    void responsesDoNotTellTheStateIfTheyShallNot() throws Exception {
        try (CachedApp app = app(false)) {
            for (String more : List.of("", ",'set-cookie':'a=1'")) {
                String page = CachedApp.kept(more);
                for (int i = 0; i < 2; i++) {
                    Response response = app.ask(page);
                    assertThat(response.headers().first("cache-status")).isNull();
                    response.discard();
                }
            }
            assertThat(app.cache.figures().hits()).isEqualTo(1);
        }
    }
}
