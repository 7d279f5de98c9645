package dev.kitbridge.examples.storefront;

import dev.kitbridge.platform.ErrorStatus;

/** Thrown if the stock of a product is too small. The customer sees the message. */
@ErrorStatus(409)
public final class NotInStock extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotInStock(String message) {
        super(message);
    }
}
