package dev.kitbridge.maven.adapters;

import dev.kitbridge.adapter.Adapter;
import java.util.Map;

/**
 * An adapter to be run.
 *
 * @param id names its output folder
 * @param name the factory's name
 * @param jar where the factory was found
 * @param options as they stand in the POM
 * @param adapter the adapter
 */
public record Configured(String id, String name, String jar, Map<String, Object> options, Adapter adapter) {}
