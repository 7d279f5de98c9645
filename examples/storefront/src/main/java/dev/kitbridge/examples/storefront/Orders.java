package dev.kitbridge.examples.storefront;

import dev.kitbridge.platform.PlatformService;
import java.util.Optional;

/** The orders of the customers. */
@PlatformService("orders")
public interface Orders {

    /**
     * Takes an order at the current prices. It takes the whole order or throws.
     *
     * @throws NotInStock if there is not enough of a product, or no such product
     */
    Order place(NewOrder order);

    /** The order with this id. */
    Optional<Order> byId(String id);
}
