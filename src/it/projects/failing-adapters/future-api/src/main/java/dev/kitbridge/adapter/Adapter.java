package dev.kitbridge.adapter;

/** As far as this test needs it. */
public interface Adapter {

    String name();
}
