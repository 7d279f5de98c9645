package org.example.shop;

import dev.kitbridge.platform.ErrorStatus;

@ErrorStatus(409)
public class SoldOut extends Exception {

    private static final long serialVersionUID = 1;

    public SoldOut(String product) {
        super(product + " is sold out");
    }
}
