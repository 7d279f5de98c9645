package dev.kitbridge.examples.storefront;

import dev.kitbridge.platform.ErrorStatus;

/** There is not enough of a product; what the customer may read about it is the message. */
@ErrorStatus(409)
public final class NotInStock extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotInStock(String message) {
        super(message);
    }
}
