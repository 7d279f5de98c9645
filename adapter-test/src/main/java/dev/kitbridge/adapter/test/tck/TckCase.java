package dev.kitbridge.adapter.test.tck;

/**
 * A request that the suite sends.
 *
 * @param demand what the server has to do
 * @param request one request, or several on one connection
 */
public record TckCase(Demand demand, RawRequest request) {}
