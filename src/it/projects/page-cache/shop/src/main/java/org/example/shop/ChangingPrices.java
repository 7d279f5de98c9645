package org.example.shop;

import dev.kitbridge.platform.PageCache;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

public final class ChangingPrices implements Prices {

    private final PageCache pages = PageCache.current();

    @Override
    public CompletionStage<List<String>> changeTag(String tag) {
        return pages.revalidateTags(tag).thenApply(PageCache.Result::unreached);
    }

    @Override
    public List<String> changePath(String path) throws Exception {
        PageCache.Result result =
                PageCache.current().revalidatePaths(path).toCompletableFuture().get(60, TimeUnit.SECONDS);
        return result.unreached();
    }

    @Override
    public CompletionStage<List<String>> changeAll(String reason) {
        return pages.revalidateAll().thenApply(PageCache.Result::unreached);
    }
}
