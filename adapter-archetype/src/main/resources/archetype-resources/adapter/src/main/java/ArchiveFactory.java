package ${package};

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.AdapterFactory;

/** Creates the adapter for the element {@code <archive>} in {@code <adapters>}. */
public final class ArchiveFactory implements AdapterFactory<ArchiveOptions> {

    @Override
    public String name() {
        return "archive";
    }

    @Override
    public Class<ArchiveOptions> optionsType() {
        return ArchiveOptions.class;
    }

    @Override
    public Adapter create(ArchiveOptions options) {
        return new Archive(options);
    }
}
