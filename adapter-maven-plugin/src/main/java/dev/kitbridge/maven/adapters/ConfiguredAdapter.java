package dev.kitbridge.maven.adapters;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Downloads;
import dev.kitbridge.adapter.JavaScriptAdapter;
import dev.kitbridge.maven.failure.Defect;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.files.Tree;
import dev.kitbridge.maven.vite.Contribution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An adapter with the options of its entry in the POM.
 *
 * @param id names its output folder
 * @param name the factory's name
 * @param jar the jar or folder of the factory
 * @param options the options in the POM
 * @param adapter the adapter
 */
public record ConfiguredAdapter(String id, String name, String jar, Map<String, Object> options, Adapter adapter) {

    /** Asks the adapter for its contribution to Vite. */
    public Contribution contribution() throws IOException {
        String identity = Tree.content(Path.of(jar)) + options;
        return ask(adapter -> new Contribution(id, adapter.vite(), adapter.emulate(), identity));
    }

    /** Returns the adapter in JavaScript that runs in the build, or null. */
    public @Nullable JavaScriptAdapter script() {
        return ask(it -> Optional.ofNullable(it.javaScriptAdapter())).orElse(null);
    }

    /**
     * Calls the adapter and translates what it throws.
     *
     * @throws UserFailure if it throws an {@link AdapterException}
     * @throws Defect if it throws anything else
     */
    public <T> T ask(Function<Adapter, T> question) {
        try {
            return question.apply(adapter);
        } catch (RuntimeException | LinkageError e) {
            throw failure(id, jar, e);
        }
    }

    /**
     * Lets the adapter fetch what it will need without a network.
     *
     * @throws UserFailure if it throws an {@link AdapterException}
     * @throws Defect if it throws anything else
     */
    public void fetch(Downloads downloads) {
        try {
            adapter.fetch(downloads);
        } catch (IOException | RuntimeException | LinkageError e) {
            throw failure(id, jar, e);
        }
    }

    /**
     * Translates an exception of an adapter: an {@link AdapterException} is a failure that the user can fix, any other
     * is a bug of the adapter.
     */
    static RuntimeException failure(String id, String jar, Throwable thrown) {
        if (thrown instanceof AdapterException e) {
            return new UserFailure("Adapter '" + id + "': " + e.getMessage(), e.getCause());
        }
        return new Defect(
                "Adapter '" + id + "' (" + jar + ") failed: " + thrown + "; run Maven with -e to see where", thrown);
    }
}
