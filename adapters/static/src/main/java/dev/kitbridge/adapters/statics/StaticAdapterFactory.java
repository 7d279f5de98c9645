package dev.kitbridge.adapters.statics;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.AdapterFactory;

/** Creates the adapter for the element {@code <static>} in {@code <adapters>}. */
public final class StaticAdapterFactory implements AdapterFactory<StaticOptions> {

    @Override
    public String name() {
        return "static";
    }

    @Override
    public Class<StaticOptions> optionsType() {
        return StaticOptions.class;
    }

    @Override
    public Adapter create(StaticOptions options) {
        return new StaticAdapter(options);
    }
}
