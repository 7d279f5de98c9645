package org.example;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.AdapterFactory;

/** Calls a method that the plugin's own API does not have, as soon as it is loaded. */
public final class FutureFactory implements AdapterFactory<FutureFactory.None> {

    private final int generation = AdapterFactory.super.generation();

    /** No options. */
    public record None() {}

    @Override
    public String name() {
        return "future" + (generation == 99 ? "" : "?");
    }

    @Override
    public Class<None> optionsType() {
        return None.class;
    }

    @Override
    public Adapter create(None options) {
        return this::name;
    }
}
