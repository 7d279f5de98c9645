package dev.kitbridge.maven.adapters;

import dev.kitbridge.adapter.AdapterFactory;

/**
 * A factory on the plugin's class path.
 *
 * @param factory the factory
 * @param jar the file or folder that holds it, for messages
 */
public record AvailableAdapter(AdapterFactory<?> factory, String jar) {

    /** The adapter's name. */
    public String name() {
        return factory.name();
    }
}
