package dev.kitbridge.adapters.jvm.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.adapter.Prerender;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.adapter.Supports;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The build checks the rules of the page cache. */
class PageCacheSupportTest {

    private static Supports.Answer ask(Prerender prerender, Map<String, Object> config) {
        RouteDefinition.Methods none = new RouteDefinition.Methods(List.of());
        RouteDefinition route =
                new RouteDefinition("/a", none, none, List.of(), "^\\/a$", prerender, List.of(), config);
        return new JvmAdapter(JvmOptionsTest.options(null, null, 0, null))
                .supports()
                .pageCache(route);
    }

    @Test
    void aRuleThatCannotWorkIsRefusedWithTheReason() {
        assertThat(ask(Prerender.FALSE, Map.of("cache", Map.of("ttl", -1))).reason())
                .isEqualTo("config.cache.ttl is -1; expected a whole number, 0 or more");
        assertThat(ask(Prerender.TRUE, Map.of("cache", Map.of("ttl", 1))).reason())
                .contains("is prerendered");
        assertThat(ask(Prerender.AUTO, Map.of("cache", Map.of("ttl", 1)))).isEqualTo(Supports.Answer.SUPPORTED);
        assertThat(ask(Prerender.FALSE, Map.of("isr", Map.of("expiration", 60))))
                .isEqualTo(Supports.Answer.SUPPORTED);
    }
}
