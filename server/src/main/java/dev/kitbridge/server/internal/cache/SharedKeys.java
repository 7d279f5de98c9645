package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of an app's pages in a shared cache. They begin with the app's version. */
final class SharedKeys {

    /**
     * A key.
     *
     * @param name short
     * @param text all that the value depends on; the value repeats it
     */
    record Key(String name, String text) {}

    private final String version;

    /** @param version name of the app's version */
    SharedKeys(String version) {
        this.version = version.matches("[A-Za-z0-9_.-]{1,64}") ? version : Digests.text(version);
    }

    private Key key(String kind, String... parts) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) text.append(part.length()).append(':').append(part);
        return new Key(version + ":" + kind + ":" + Digests.text(text.toString()), version + " " + text);
    }

    Key selector(Path path) {
        return key("rule", path.origin(), path.path());
    }

    /** Returns the key of the page for a request, or null if its page is not kept. */
    @Nullable
    Key page(Path path, Selector selector, Request request) {
        Selector.Key key = selector.key(request);
        if (key == null) return null;
        List<String> cookies = selector.rule().cookies();
        return key(
                "page",
                path.origin(),
                path.path(),
                key.query(),
                String.join(",", selector.vary()),
                cookies == null ? "" : String.join(",", cookies),
                String.join(
                        "",
                        key.values().stream()
                                .map(value -> value.length() + ":" + value)
                                .toList()));
    }

    /** Returns the name of the lock for a page whose rule is not known. */
    String lock(Path path, String target) {
        return key("lock", path.origin(), target).name();
    }

    /** Returns the name of the lock for a page. */
    String lock(Key page) {
        return page.name().replace(":page:", ":lock:");
    }
}
