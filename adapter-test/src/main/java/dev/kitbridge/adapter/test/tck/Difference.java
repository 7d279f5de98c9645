package dev.kitbridge.adapter.test.tck;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A response that differs from adapter-node's on purpose.
 *
 * @param name its name in the report
 * @param when selects the exchanges
 * @param then returns the exchange with the whole response that is expected instead
 */
public record Difference(String name, Predicate<Exchange> when, UnaryOperator<Exchange> then) {}
