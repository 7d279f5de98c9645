package dev.kitbridge.adapter;

import java.util.List;
import java.util.Map;

/**
 * A page or an endpoint of the app (kit's {@code RouteDefinition}).
 *
 * @param id the route's folder below {@code src/routes}, {@code /blog/[slug]}
 * @param api its {@code +server} file, without methods where there is none
 * @param page its {@code +page} files, without methods where there are none
 * @param segments the id's parts
 * @param pattern a JavaScript regular expression that matches the route's paths, without the enclosing slashes
 * @param prerender whether it was prerendered
 * @param methods the methods of page and endpoint together
 * @param config what the route exports as {@code config}, merged with its layouts'; values that JSON has
 */
public record RouteDefinition(
        String id,
        Methods api,
        Methods page,
        List<RouteSegment> segments,
        String pattern,
        Prerender prerender,
        List<String> methods,
        Map<String, Object> config) {

    /**
     * What one side of a route answers to.
     *
     * @param methods HTTP methods in upper case; {@code *} is an endpoint's {@code fallback} handler
     */
    public record Methods(List<String> methods) {}
}
