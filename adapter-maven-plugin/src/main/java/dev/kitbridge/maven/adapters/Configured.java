package dev.kitbridge.maven.adapters;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.vite.Contribution;
import dev.kitbridge.maven.vite.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
public record Configured(String id, String name, String jar, Map<String, Object> options, Adapter adapter) {

    /** What it has to do with the app's Vite build. */
    public Contribution contribution() throws IOException {
        try {
            return new Contribution(id, adapter.vite(), adapter.emulate(), Tree.stamp(List.of(Path.of(jar))) + options);
        } catch (AdapterException e) {
            throw new UserFailure("Adapter '" + id + "': " + e.getMessage(), e.getCause());
        } catch (RuntimeException | LinkageError e) {
            throw new UserFailure(
                    "Adapter '" + id + "' (" + jar + ") failed: " + e + "; run Maven with -e to see where", e);
        }
    }
}
