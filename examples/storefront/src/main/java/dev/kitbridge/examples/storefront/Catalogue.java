package dev.kitbridge.examples.storefront;

import dev.kitbridge.platform.PlatformService;
import java.util.List;
import java.util.Optional;

/** The products of the shop. */
@PlatformService("catalogue")
public interface Catalogue {

    /** All products, in the order of the home page. */
    List<Product> list();

    /** The product with this name in its URL. */
    Optional<Product> bySlug(String slug);

    /** Products that contain every word of the query; all products if it is empty. */
    List<Product> search(String query);

    /**
     * Changes the price of a product.
     *
     * @param price in cents, VAT included
     * @return whether there is such a product
     */
    boolean reprice(String slug, int price);
}
