package org.example;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.AdapterFactory;

/** Has the name of another adapter. */
public final class TwinFactory implements AdapterFactory<TwinFactory.None> {

    /** No options. */
    public record None() {}

    @Override
    public String name() {
        return "late";
    }

    @Override
    public Class<None> optionsType() {
        return None.class;
    }

    @Override
    public Adapter create(None options) {
        throw new AssertionError("nobody knows which one is meant");
    }
}
