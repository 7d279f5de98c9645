package dev.kitbridge.server.internal.cache;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The format of a selector in a shared cache: see {@code docs/formats/shared-cache.md}. */
final class SelectorFormat {

    private SelectorFormat() {}

    /** @param key under which the selector is found */
    static ByteBuffer write(String key, Selector selector) {
        Rule rule = selector.rule();
        RecordWriter out = new RecordWriter(RecordWriter.SELECTOR);
        out.text(key);
        out.flag(rule.declared());
        out.number(rule.ttl());
        out.number(rule.swr());
        out.number(rule.sie());
        names(out, rule.query());
        out.texts(rule.vary());
        names(out, rule.cookies());
        out.texts(rule.statuses().stream().sorted().map(String::valueOf).toList());
        out.texts(List.copyOf(rule.tags()));
        out.text(rule.bypassToken());
        out.texts(selector.vary());
        return out.finish();
    }

    private static void names(RecordWriter out, @Nullable List<String> names) {
        out.flag(names != null);
        out.texts(names == null ? List.of() : names);
    }

    /**
     * Reads and checks a selector, whose id is 0.
     *
     * @param key of the selector that is expected
     * @throws IllegalArgumentException if it is damaged, or another one
     */
    static Selector read(ByteBuffer bytes, String key) {
        RecordReader in = new RecordReader(bytes, RecordWriter.SELECTOR);
        RecordReader.check(in.text().equals(key), "another key");
        Rule rule = new Rule(
                in.flag(),
                in.number(-1, Directives.LARGEST),
                in.number(0, Directives.LARGEST),
                in.number(0, Directives.LARGEST),
                names(in),
                in.texts(),
                names(in),
                statuses(in.texts()),
                in.texts(),
                in.text());
        List<String> vary = in.texts();
        in.end();
        RecordReader.check(vary.containsAll(rule.vary()), "vary");
        return new Selector(0, rule, vary, true);
    }

    private static @Nullable List<String> names(RecordReader in) {
        boolean present = in.flag();
        List<String> names = in.texts();
        return present ? names : null;
    }

    private static Set<Integer> statuses(List<String> texts) {
        Set<Integer> statuses = new HashSet<>();
        for (String text : texts) {
            RecordReader.check(text.matches("\\d{1,9}"), "status");
            statuses.add(Integer.parseInt(text));
        }
        return Set.copyOf(statuses);
    }
}
