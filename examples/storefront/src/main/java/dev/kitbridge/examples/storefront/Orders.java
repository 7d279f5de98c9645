package dev.kitbridge.examples.storefront;

import dev.kitbridge.platform.PlatformService;
import java.util.Optional;

/** What customers ordered. */
@PlatformService("orders")
public interface Orders {

    /** Keeps an order, all of it or nothing, at today's prices. Lines of products that left the catalogue are dropped. */
    Order place(NewOrder order);

    /** The order with this id. */
    Optional<Order> byId(String id);
}
