package dev.kitbridge.adapter;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was prerendered (kit's {@code Prerendered}). Maps keep the order in which kit found the entries.
 *
 * @param pages path to page: {@code /about} is {@code about.html}, {@code /about/} is {@code about/index.html}
 * @param assets path to any other answer, an endpoint's for example
 * @param redirects path to redirect
 * @param paths the paths of all of them, with {@code base}
 */
public record Prerendered(
        Map<String, Page> pages, Map<String, Asset> assets, Map<String, Redirect> redirects, List<String> paths) {

    /**
     * A prerendered page.
     *
     * @param file the file's path within what {@link Builder#writePrerendered} writes
     */
    public record Page(String file) {}

    /**
     * A prerendered answer that is no page.
     *
     * @param type its MIME type; null where the answer had none, as the data of a redirect
     */
    public record Asset(@Nullable String type) {}

    /**
     * A prerendered redirect.
     *
     * @param status 301 to 308
     * @param location the value of the {@code location} header
     */
    public record Redirect(int status, String location) {}
}
