package dev.kitbridge.server.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Init.PageCache.Mode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with header fields of SvelteKit's own, such as those of remote functions. Anyone can send these fields. */
class KitRequestsTest {

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

    /**
     * Kit passes the route of the page that calls a remote function: kit 2 always, kit 3 if a header names the page.
     */
    @Test
    void theRuleOfAPageIsNotThatOfTheRemoteFunctionsItCalls() {
        String cart = CachedApp.page(
                "{'remote':true,'config':{'isr':{'expiration':60,'allowQuery':[]}},'headers':{'cache-control':'private, no-store'}}");
        for (int i = 1; i < 4; i++) {
            assertThat(app.text(cart + "?payload=" + i, "cookie", "session=anna"))
                    .startsWith(i + " query=?payload=" + i + " cookie=session=anna ");
        }
        String kept = CachedApp.page(
                "{'remote':true,'config':{'isr':{'expiration':60,'allowQuery':[]}},'headers':{'cache-control':'s-maxage=60'}}");
        assertThat(app.text(kept + "?payload=1")).startsWith("1 query=?payload=1 ");
        assertThat(app.text(kept + "?payload=1")).startsWith("1 ");
        assertThat(app.text(kept + "?payload=2")).startsWith("2 query=?payload=2 ");
        assertThat(app.text(kept + "?payload=1", "cookie", "session=anna")).contains(" cookie=session=anna ");
    }

    /** Kit gives a remote function the URL that these fields name. */
    @Test
    void theCallerOfARemoteFunctionSeparatesPages() {
        String path = CachedApp.kept("");
        String[] admin = {"x-sveltekit-pathname", "/admin", "x-sveltekit-search", "?a=1"};
        assertThat(app.text(path, admin)).startsWith("1 ").contains(" /admin ?a=1");
        assertThat(app.text(path)).startsWith("2 ").doesNotContain("/admin");
        assertThat(app.text(path, "x-sveltekit-pathname", "/admin"))
                .startsWith("3 ")
                .contains(" /admin");
        assertThat(app.text(path, "x-sveltekit-search", "/admin"))
                .startsWith("4 ")
                .contains(" /admin");
        assertThat(app.text(path, admin)).startsWith("1 ");
        assertThat(app.text(path)).startsWith("2 ");
    }

    /** With such a field, kit answers with its plain error page, for example. */
    @ParameterizedTest
    @ValueSource(strings = {"x-sveltekit-error", "X-SvelteKit-Error", "x-sveltekit-action", "x-sveltekit-prerender"})
    void aRequestWithAFieldOfKitsOwnBypassesTheCache(String field) {
        String path = CachedApp.page("{'config':{'cache':{'ttl':60,'statuses':[404]}},'status':404}");
        assertThat(app.text(path, field, "true")).startsWith("1 ");
        assertThat(app.text(path)).startsWith("2 ");
        assertThat(app.text(path, field, "true")).startsWith("3 ");
        assertThat(app.text(path)).startsWith("2 ");
    }
}
