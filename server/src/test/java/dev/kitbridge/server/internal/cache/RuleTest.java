package dev.kitbridge.server.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTest {

    private static final long YEAR = 31_536_000;

    @Test
    void isrIsThatOfVercel() {
        Rule rule = Rule.parse("{\"isr\":{\"expiration\":60,\"allowQuery\":[\"page\"],\"bypassToken\":\"t\"}}");
        assertThat(rule.declared()).isTrue();
        assertThat(rule.ttl()).isEqualTo(60);
        assertThat(rule.swr()).isEqualTo(YEAR);
        assertThat(rule.query()).containsExactly("page");
        assertThat(rule.cookies()).isEmpty();
        assertThat(rule.hasToken("t")).isTrue();
        assertThat(rule.hasToken("u")).isFalse();
        assertThat(rule.toString()).doesNotContain("bypassToken=t]");
        assertThat(Rule.parse("{\"isr\":{\"expiration\":false}}").ttl()).isEqualTo(YEAR);
        assertThat(Rule.parse("{\"isr\":{\"expiration\":0}}").query()).isNull();
    }

    @Test
    void cacheSaysMore() {
        Rule rule = Rule.parse(
                "{\"isr\":{\"expiration\":60},\"cache\":{\"ttl\":5,\"swr\":6,\"sie\":7,\"query\":[],"
                        + "\"vary\":[\"Accept-Language\"],\"cookies\":[\"theme\"],\"statuses\":[200,404],\"tags\":[\"shop\"]}}");
        assertThat(rule)
                .isEqualTo(new Rule(
                        true,
                        5,
                        6,
                        7,
                        List.of(),
                        List.of("accept-language"),
                        List.of("theme"),
                        Set.of(200, 404),
                        List.of("shop"),
                        ""));
        Rule least = Rule.parse("{\"cache\":{}}");
        assertThat(least.ttl()).isEqualTo(-1);
        assertThat(least.cookies()).isNull();
    }

    @Test
    void noConfigurationIsNoRule() {
        assertThat(Rule.parse("")).isEqualTo(Rule.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'isr':true} | config.isr is true; expected an object",
                "{'isr':{}} | config.isr.expiration is null; expected a number of seconds, or false",
                "{'isr':{'expiration':'60'}} | config.isr.expiration is 60; expected a whole number, 0 or more",
                "{'isr':{'expiration':-1}} | config.isr.expiration is -1; expected a whole number, 0 or more",
                "{'isr':{'expiration':1.5}} | config.isr.expiration is 1.5; expected a whole number, 0 or more",
                "{'isr':{'expiration':1,'allowQuery':'a'}} | config.isr.allowQuery is a; expected an array",
                "{'isr':{'expiration':1,'allowQuery':[1]}} | config.isr.allowQuery is 1; expected strings",
                "{'isr':{'expiration':1,'bypassToken':7}} | config.isr.bypassToken is 7; expected a string",
                "{'cache':7} | config.cache is 7; expected an object",
                "{'cache':{'statuses':['ok']}} | config.cache.statuses is ok; expected a whole number, 0 or more",
                "{'cache':{'cookies':true}} | config.cache.cookies is true; expected an array",
                "{'cache':{'max':1}} | config.cache.max is unknown; expected one of [cookies, query, sie, statuses, swr, tags, ttl, vary]",
                "{'cache':{'tags':['a b']}} | config.cache.tags is a b; expected tags of 1 to 256 characters without spaces and commas",
            },
            quoteCharacter = '^')
    void invalidRulesAreNamed(String json, String message) {
        assertThatThrownBy(() -> Rule.parse(json.replace('\'', '"')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
