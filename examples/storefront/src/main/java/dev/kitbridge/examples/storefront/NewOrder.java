package dev.kitbridge.examples.storefront;

import java.util.List;

/** What a customer asks for. */
public record NewOrder(Address address, Delivery delivery, List<Line> lines) {

    /** Where it goes. */
    public record Address(String name, String email, String street, String postcode, String city) {}

    /** So many of a product. */
    public record Line(String slug, int quantity) {

        public Line {
            if (quantity < 1) throw new IllegalArgumentException("a quantity of " + quantity);
        }
    }
}
