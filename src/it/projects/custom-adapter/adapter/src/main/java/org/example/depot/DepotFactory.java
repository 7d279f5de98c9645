package org.example.depot;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.AdapterFactory;

/** {@code <depot>} in {@code <adapters>}. */
public final class DepotFactory implements AdapterFactory<DepotOptions> {

    @Override
    public String name() {
        return "depot";
    }

    @Override
    public Class<DepotOptions> optionsType() {
        return DepotOptions.class;
    }

    @Override
    public Adapter create(DepotOptions options) {
        return new Depot(options);
    }
}
