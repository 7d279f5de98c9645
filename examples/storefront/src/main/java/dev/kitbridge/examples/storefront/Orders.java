package dev.kitbridge.examples.storefront;

import dev.kitbridge.platform.PlatformService;
import java.util.Optional;

/** What customers ordered. */
@PlatformService("orders")
public interface Orders {

    /**
     * Takes an order, all of it or nothing, at today's prices.
     *
     * @throws NotInStock if there is not enough of a product, or no such product
     */
    Order place(NewOrder order);

    /** The order with this id. */
    Optional<Order> byId(String id);
}
