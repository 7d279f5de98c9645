package dev.kitbridge.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PageCacheTest {

    @Test
    void theCurrentOneIsThatOfTheTask() throws Exception {
        assertThat(PageCache.none().<PageCache>call(PageCache::current)).isSameAs(PageCache.none());
        assertThatThrownBy(PageCache::current)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("store PageCache.current() in a field when the service is created");
    }

    @Test
    void anInnerTaskLeavesTheOuterOne() throws Exception {
        PageCache.none().call(() -> {
            PageCache.none().call(() -> null);
            return assertThat(PageCache.current()).isSameAs(PageCache.none());
        });
    }

    @Test
    void noneKeepsNothing() {
        for (var result : java.util.List.of(
                PageCache.none().revalidatePaths("/a"),
                PageCache.none().revalidateTags("a"),
                PageCache.none().revalidateAll())) {
            assertThat(result.toCompletableFuture().join().unreached()).isEmpty();
        }
    }
}
