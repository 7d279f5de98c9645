package dev.kitbridge.examples.storefront;

import java.time.Instant;
import java.util.List;

/**
 * An order.
 *
 * @param id a random text: every visitor who knows it can see the order
 * @param total in cents, delivery included
 */
public record Order(
        String id, Instant placed, NewOrder.Address address, Delivery delivery, List<Line> lines, int total) {

    /**
     * A product and its quantity.
     *
     * @param price of one piece when it was ordered, in cents
     * @param total in cents
     */
    public record Line(String slug, int quantity, String name, int price, int total) {}
}
