package dev.kitbridge.examples.storefront;

import dev.kitbridge.platform.PlatformService;
import java.util.List;
import java.util.Optional;

/** What the shop sells. */
@PlatformService("catalogue")
public interface Catalogue {

    /** All products, in the order of the shop's window. */
    List<Product> list();

    /** The product with this name in its address. */
    Optional<Product> bySlug(String slug);

    /** Products in which every word of the query occurs; all of them when it is empty. */
    List<Product> search(String query);
}
