package org.example.demo;

import dev.kitbridge.platform.PageCache;
import dev.kitbridge.platform.PlatformService;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Service;

@PlatformService
public interface Prices {

    int current();

    /** Raises the price, and revalidates its pages. */
    CompletionStage<List<String>> raise();

    @Service
    class Rising implements Prices {

        private final AtomicInteger price = new AtomicInteger(10);
        private final PageCache pages;

        Rising(PageCache pages) {
            this.pages = pages;
        }

        @Override
        public int current() {
            return price.get();
        }

        @Override
        public CompletionStage<List<String>> raise() {
            price.incrementAndGet();
            return pages.revalidateTags("price").thenApply(PageCache.Result::unreached);
        }
    }
}
