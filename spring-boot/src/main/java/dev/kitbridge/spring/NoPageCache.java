package dev.kitbridge.spring;

import dev.kitbridge.platform.PageCache;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** A page cache that keeps nothing, for beans that revalidate pages in an application without an app. */
@AutoConfiguration(after = {KitbridgeAutoConfiguration.class, BuildServices.class})
@ConditionalOnMissingBean(PageCache.class)
class NoPageCache {

    @Bean
    PageCache kitbridgePageCache() {
        return PageCache.none();
    }
}
