package dev.kitbridge.examples.storefront;

/** How an order reaches the customer. */
public enum Delivery {
    post(490),
    collect(0);

    /** In cents. */
    final int price;

    Delivery(int price) {
        this.price = price;
    }
}
