package dev.kitbridge.adapter;

import java.util.List;
import java.util.Map;

/**
 * A page or an endpoint of the app. In kit: {@code RouteDefinition}.
 *
 * @param id the route's folder below {@code src/routes}, such as {@code /blog/[slug]}
 * @param api the methods of the route's {@code +server} file; none if it has no such file
 * @param page the methods of the route's {@code +page} files; none if it has no such files
 * @param segments the parts of the id, between slashes
 * @param pattern a JavaScript regular expression that matches the route's paths, without the enclosing slashes
 * @param prerender the route's {@code prerender} option
 * @param methods the methods of the page and of the endpoint
 * @param config the route's {@code config}, merged with that of its layouts; values that JSON can hold
 */
public record RouteDefinition(
        String id,
        Methods api,
        Methods page,
        List<Segment> segments,
        String pattern,
        Prerender prerender,
        List<String> methods,
        Map<String, Object> config) {

    /**
     * The HTTP methods that the page or the endpoint of a route responds to.
     *
     * @param methods HTTP methods in upper case; {@code *} stands for an endpoint's {@code fallback} handler
     */
    public record Methods(List<String> methods) {}

    /**
     * A part of a route's id. In kit: {@code RouteSegment}.
     *
     * @param content the text, such as {@code [slug]}
     * @param dynamic whether the segment contains a parameter
     * @param rest whether the segment contains a rest parameter, such as {@code [...path]}
     */
    public record Segment(String content, boolean dynamic, boolean rest) {}
}
