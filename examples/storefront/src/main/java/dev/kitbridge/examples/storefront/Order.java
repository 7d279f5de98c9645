package dev.kitbridge.examples.storefront;

import java.time.Instant;
import java.util.List;

/**
 * An order.
 *
 * @param id not to be guessed: who has it may see the order
 * @param total in cents, delivery included
 */
public record Order(
        String id, Instant placed, NewOrder.Address address, Delivery delivery, List<Line> lines, int total) {

    /**
     * So many of a product.
     *
     * @param price of one piece when it was ordered, in cents
     * @param total in cents
     */
    public record Line(String slug, int quantity, String name, int price, int total) {}
}
