package dev.kitbridge.adapter;

/** A route's {@code prerender} option. */
public enum Prerender {
    /** {@code false}: rendered for each request. */
    FALSE,
    /** {@code true}: prerendered, and not part of the server's manifest. */
    TRUE,
    /** {@code 'auto'}: prerendered where it was found, and rendered for the requests that remain. */
    AUTO
}
