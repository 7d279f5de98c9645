package dev.kitbridge.server.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleCheckTest {

    private static final String PRERENDERED =
            "config.cache has no effect, since the route is prerendered; remove it, or set"
                    + " config.cache to false there if a layout hands it down";

    @Test
    void aRuleThatCannotWorkIsExplained() {
        assertThat(RuleCheck.problem(Map.of("cache", Map.of("ttl", -1)), false))
                .isEqualTo("config.cache.ttl is -1; expected a whole number, 0 or more");
        assertThat(RuleCheck.problem(Map.of("isr", Map.of("expiration", 60, "allowQuery", "page")), false))
                .isEqualTo("config.isr.allowQuery is page; expected an array");
        assertThat(RuleCheck.problem(Map.of("cache", true), false))
                .isEqualTo("config.cache is true; expected an object");
        assertThat(RuleCheck.problem(Map.of("cache", Map.of("ttl", 60)), true)).isEqualTo(PRERENDERED);
    }

    @Test
    void otherRulesWork() {
        assertThat(RuleCheck.problem(Map.of("cache", Map.of("ttl", 60, "tags", List.of("a"))), false))
                .isNull();
        assertThat(RuleCheck.problem(Map.of("isr", Map.of("expiration", false)), true))
                .isNull();
        assertThat(RuleCheck.problem(Map.of("cache", false), true)).isNull();
        assertThat(RuleCheck.problem(Map.of("region", "north"), true)).isNull();
    }
}
