package dev.kitbridge.adapter;

/**
 * A part of a route's id, between two slashes (kit's {@code RouteSegment}).
 *
 * @param content the text, {@code [slug]}
 * @param dynamic whether it holds a parameter
 * @param rest whether it holds a rest parameter, {@code [...path]}
 */
public record RouteSegment(String content, boolean dynamic, boolean rest) {}
