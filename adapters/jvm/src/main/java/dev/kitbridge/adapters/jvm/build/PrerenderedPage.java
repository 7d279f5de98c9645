package dev.kitbridge.adapters.jvm.build;

import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A prerendered page whose absolute URLs of the app's own files became relative.
 *
 * @param html the text
 * @param absolute the first other absolute path that SvelteKit's crawler would follow, or null. With
 *     {@code paths.base}, SvelteKit rejects such a page
 */
record PrerenderedPage(String html, @Nullable String absolute) {

    /** Comments, elements whose content is no markup, and opening tags. */
    private static final Pattern TAG = Pattern.compile(
            "<!--.*?-->|<(script|style)\\b.*?</\\1|<[a-z][^\\s/>]*+((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private static final Pattern ATTRIBUTE =
            Pattern.compile("([^\\s\"'<>/=]+)\\s*+=\\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\\s\"'>]++))");

    /** Links of which SvelteKit's crawler takes no notice. */
    private static final Pattern EXTERNAL =
            Pattern.compile("\\brel\\s*=\\s*[\"'][^\"']*\\bexternal\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern CRAWLED = Pattern.compile("href|src|srcset", Pattern.CASE_INSENSITIVE);

    private static final Pattern PATH = Pattern.compile("(?:^|,)\\s*+(/(?!/)[^\\s,]*+)");

    /**
     * Returns the changed page.
     *
     * @param up relative path to the base path
     * @param own path of the app's own files, with a slash at both ends
     */
    static PrerenderedPage of(String html, String up, String own) {
        Pattern files = Pattern.compile("(?<![^\\s,(\"';])" + Pattern.quote(own + "immutable/"));
        String changed = TAG.matcher(html)
                .replaceAll(tag -> Matcher.quoteReplacement(
                        isMarkup(tag)
                                ? files.matcher(tag.group())
                                        .replaceAll(found -> Matcher.quoteReplacement(up + found.group()))
                                : tag.group()));
        String absolute = TAG.matcher(changed)
                .results()
                .filter(PrerenderedPage::isMarkup)
                .map(tag -> absolute(tag.group()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return new PrerenderedPage(changed, absolute);
    }

    private static boolean isMarkup(MatchResult tag) {
        return tag.group(2) != null;
    }

    private static @Nullable String absolute(String tag) {
        boolean external = EXTERNAL.matcher(tag).find();
        for (MatchResult attribute : ATTRIBUTE.matcher(tag).results().toList()) {
            String name = attribute.group(1);
            if (!CRAWLED.matcher(name).matches() || (external && name.equalsIgnoreCase("href"))) continue;
            Matcher path = PATH.matcher(value(attribute));
            if (name.equalsIgnoreCase("srcset") ? path.find() : path.lookingAt()) return path.group(1);
        }
        return null;
    }

    private static String value(MatchResult attribute) {
        int group = attribute.group(2) != null ? 2 : attribute.group(3) != null ? 3 : 4;
        return attribute.group(group);
    }
}
