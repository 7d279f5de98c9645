package dev.kitbridge.adapters.npm;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.AdapterFactory;

/** Creates the adapter for the element {@code <npm>} in {@code <adapters>}. */
public final class NpmAdapterFactory implements AdapterFactory<NpmOptions> {

    @Override
    public String name() {
        return "npm";
    }

    @Override
    public Class<NpmOptions> optionsType() {
        return NpmOptions.class;
    }

    @Override
    public Adapter create(NpmOptions options) {
        return new NpmAdapter(options);
    }
}
