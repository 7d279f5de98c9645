package dev.kitbridge.examples.storefront;

import java.time.LocalDate;
import java.util.List;

/**
 * A product.
 *
 * @param slug the name in its URL
 * @param price in cents, VAT included
 * @param weight in grams
 * @param since first day in the shop
 */
public record Product(
        String slug,
        String name,
        String category,
        int price,
        int weight,
        int stock,
        LocalDate since,
        String summary,
        String description,
        List<Detail> details) {

    /** A row of the table beside the description. */
    public record Detail(String label, String value) {}
}
