package dev.kitbridge.adapters.jvm.build;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.AdapterFactory;

/** Makes adapters of this kind: {@code <jvm>} in {@code <adapters>}. */
public final class JvmAdapterFactory implements AdapterFactory<JvmOptions> {

    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public Class<JvmOptions> optionsType() {
        return JvmOptions.class;
    }

    @Override
    public Adapter create(JvmOptions options) {
        return new JvmAdapter(options);
    }
}
