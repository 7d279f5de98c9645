package dev.kitbridge.adapter;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The prerendered part of the app. In kit: {@code Prerendered}. The maps keep the order in which kit found the entries.
 *
 * @param pages the pages by path: {@code /about} has the file {@code about.html}, {@code /about/} has
 *     {@code about/index.html}
 * @param assets the responses that are not pages, by path; those of endpoints for example
 * @param redirects the redirects, by path
 * @param paths the paths of all three, with {@code base}
 */
public record Prerendered(
        Map<String, Page> pages, Map<String, Asset> assets, Map<String, Redirect> redirects, List<String> paths) {

    /**
     * A prerendered page.
     *
     * @param file the path of the file, relative to the destination of {@link Builder#writePrerendered}
     */
    public record Page(String file) {}

    /**
     * A prerendered response that is not a page.
     *
     * @param type the MIME type; null if the response had no content type, as the data of a redirect
     */
    public record Asset(@Nullable String type) {}

    /**
     * A prerendered redirect.
     *
     * @param status the HTTP status, 301 to 308
     * @param location the value of the {@code location} header
     */
    public record Redirect(int status, String location) {}
}
