package dev.kitbridge.services;

import static dev.kitbridge.server.TestApp.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.platform.PageCache;
import dev.kitbridge.platform.PlatformService;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Init;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.Requests;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.Server;
import dev.kitbridge.server.TestApp;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that revalidate pages. */
class ServicePageCacheTest {

    private static final String PAGE = "/kept/"
            + Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString("{\"headers\":{\"cache-control\":\"s-maxage=60\",\"cache-tag\":\"price\"}}"
                            .getBytes(StandardCharsets.UTF_8))
            + "/1";

    /** A service that changes data. */
    @PlatformService("prices")
    public interface Prices {
        CompletionStage<List<String>> change(String tag);

        CompletionStage<List<String>> changeAt(String path);

        CompletionStage<List<String>> changeAll();
    }

    static final class ChangingPrices implements Prices {

        private final PageCache pages = PageCache.current();

        private static CompletionStage<List<String>> unreached(CompletionStage<PageCache.Result> result) {
            return result.thenApply(PageCache.Result::unreached);
        }

        @Override
        public CompletionStage<List<String>> change(String tag) {
            return unreached(pages.revalidateTags(tag));
        }

        @Override
        public CompletionStage<List<String>> changeAt(String path) {
            return unreached(PageCache.current().revalidatePaths(path));
        }

        @Override
        public CompletionStage<List<String>> changeAll() {
            return unreached(PageCache.current().revalidateAll());
        }
    }

    @TempDir
    static Path folder;

    private static Server server;

    @BeforeAll
    static void open() throws Exception {
        TestApp app = TestApp.in(folder);
        Init init = app.init().withPageCache(new Init.PageCache(Init.PageCache.Mode.ON, 1024 * 1024));
        server = Server.open(
                app.folder(),
                init,
                new ServiceConnections(() -> PlatformServices.of(Map.of(Prices.class, new ChangingPrices()))));
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static Response get(String target) {
        return Requests.await(
                server.respond(Request.get(Requests.ORIGIN, target, Headers.EMPTY), RespondOptions.of("192.0.2.1")));
    }

    private static String call(String call) {
        String code = "await platform.services.prices." + call;
        return text(
                get("/run?" + URLEncoder.encode(code, StandardCharsets.UTF_8).replace("+", "%20")));
    }

    private static boolean isKept() {
        Response page = get(PAGE);
        page.discard();
        return String.valueOf(page.headers().first("cache-status")).startsWith("kitbridge; hit");
    }

    @Test
    void aServiceRevalidatesPages() {
        for (String change : List.of("change('price')", "changeAt('" + PAGE + "')", "changeAll()")) {
            isKept();
            assertThat(isKept()).isTrue();
            assertThat(call(change)).isEqualTo("[]");
            assertThat(isKept()).as(change).isFalse();
        }
        assertThat(isKept()).isTrue();
        assertThat(call("change('other')")).isEqualTo("[]");
        assertThat(isKept()).isTrue();
    }

    @Test
    void anInvalidTagFailsTheCall() {
        assertThat(call("change('a b').catch((error) => error.message)")).doesNotContain("[]");
    }
}
