package dev.kitbridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.platform.PageCache;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/** The beans of an application that Maven has started for a build or a preview. */
class BuildServicesTest {

    /** A bean may wait for the result while the context starts, when no preview can be connected. */
    @Test
    void aRevalidationWithoutAPreviewIsCompleteAtOnce() throws Exception {
        BuildServices.Listener services =
                new BuildServices.Listener(new ServiceBeans(new DefaultListableBeanFactory()));
        try {
            PageCache pages = new BuildServices().kitbridgePageCache(services);
            assertThat(pages).isNotSameAs(PageCache.none());
            for (CompletionStage<PageCache.Result> result :
                    List.of(pages.revalidateAll(), pages.revalidateTags("price"), pages.revalidatePaths("/price"))) {
                assertThat(result.toCompletableFuture()).isCompletedWithValue(new PageCache.Result(List.of()));
            }
        } finally {
            services.destroy();
        }
    }
}
