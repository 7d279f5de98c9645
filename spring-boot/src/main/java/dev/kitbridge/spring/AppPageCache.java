package dev.kitbridge.spring;

import dev.kitbridge.platform.PageCache;
import java.util.concurrent.CompletionStage;

/** The app's page cache. A bean may wait for its result while the context starts: the app is opened for it. */
final class AppPageCache extends PageCache {

    private final SvelteKitApp app;
    private final PageCache pages;

    AppPageCache(SvelteKitApp app, PageCache pages) {
        this.app = app;
        this.pages = pages;
    }

    @Override
    public CompletionStage<Result> revalidatePaths(String... paths) {
        app.open();
        return pages.revalidatePaths(paths);
    }

    @Override
    public CompletionStage<Result> revalidateTags(String... tags) {
        app.open();
        return pages.revalidateTags(tags);
    }

    @Override
    public CompletionStage<Result> revalidateAll() {
        app.open();
        return pages.revalidateAll();
    }
}
