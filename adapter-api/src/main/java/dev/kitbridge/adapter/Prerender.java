package dev.kitbridge.adapter;

/** The {@code prerender} option of a route. In kit: {@code PrerenderOption}. */
public enum Prerender {
    /** The option {@code false}: the server renders the route for each request. */
    FALSE,
    /** The option {@code true}: kit prerenders the route, and the server does not know it. */
    TRUE,
    /** The option {@code 'auto'}: kit prerenders the pages that it finds, and the server renders the other ones. */
    AUTO
}
