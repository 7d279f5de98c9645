package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Revalidation;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tags of a page: of its route's rule, of its response, and those that the app added while it rendered. */
final class Tags {

    /** Limit of the tags of one page. */
    static final int LARGEST = 128;

    private Tags() {}

    /**
     * Returns the tags, or null if they are too many or one is invalid: no revalidation would find the page by it.
     *
     * @param added by the app while it rendered
     */
    static @Nullable Set<String> of(Rule rule, Headers response, Collection<String> added) {
        Set<String> tags = new LinkedHashSet<>(rule.tags());
        add(tags, response.joined("cache-tag"), ",");
        // Fastly separates its keys with spaces; a list of several fields is joined with commas
        add(tags, response.joined("surrogate-key"), "[ ,]");
        tags.addAll(added);
        return tags.size() <= LARGEST && tags.stream().allMatch(Revalidation::isTag) ? tags : null;
    }

    private static void add(Set<String> tags, @Nullable String field, String separator) {
        if (field == null) return;
        for (String item : field.split(separator, -1)) {
            String tag = item.strip();
            if (!tag.isEmpty()) tags.add(tag);
        }
    }
}
