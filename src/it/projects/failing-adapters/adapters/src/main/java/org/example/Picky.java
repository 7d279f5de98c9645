package org.example;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.AdapterFactory;

/** Refuses options when it has them all. */
public final class Picky implements AdapterFactory<Picky.Options> {

    /** Its options. */
    public record Options(int size) {}

    @Override
    public String name() {
        return "picky";
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Adapter create(Options options) {
        throw new IllegalArgumentException("<size> is " + options.size() + "; it accepts 1 to 9");
    }
}
