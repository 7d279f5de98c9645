package dev.kitbridge.examples.storefront;

import java.util.List;

/** An order that a customer places. */
public record NewOrder(Address address, Delivery delivery, List<Line> lines) {

    /** The delivery address. */
    public record Address(String name, String email, String street, String postcode, String city) {}

    /** A product and its quantity. */
    public record Line(String slug, int quantity) {

        public Line {
            if (quantity < 1) throw new IllegalArgumentException("a quantity of " + quantity);
        }
    }
}
