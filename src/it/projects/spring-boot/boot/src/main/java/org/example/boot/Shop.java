package org.example.boot;

/** Started by Spring Boot, and not by the adapter's jar. */
public final class Shop {

    private Shop() {}

    public static void main(String[] arguments) {
        System.out.println("open");
    }
}
