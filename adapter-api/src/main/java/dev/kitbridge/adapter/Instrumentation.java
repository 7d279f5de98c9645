package dev.kitbridge.adapter;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Builder#instrument} does: the options of kit's {@code instrument}.
 *
 * @param entrypoint the module to start; it is moved to {@code start} and replaced
 * @param instrumentation the app's built {@code instrumentation.server.js}
 * @param initializer the module from {@link Builder#createInstrumentationInitializer}, which runs before it
 * @param start where the entry point is moved to; null: {@code start.js} beside it
 * @param exports names that the entry point exports
 * @param generateText writes the new entry point; null: one that imports the initializer and the instrumentation, then
 *     the moved entry point, with top-level {@code await}
 */
public record Instrumentation(
        Path entrypoint,
        Path instrumentation,
        Path initializer,
        @Nullable Path start,
        List<String> exports,
        @Nullable Function<Modules, String> generateText) {

    /** The usual case: {@code start.js} beside the entry point, and kit's own order of imports. */
    public Instrumentation(Path entrypoint, Path instrumentation, Path initializer, List<String> exports) {
        this(entrypoint, instrumentation, initializer, null, exports, null);
    }

    /**
     * The modules that a new entry point imports, relative to it, with forward slashes.
     *
     * @param instrumentation the app's instrumentation
     * @param start the moved entry point
     * @param initializer what has to run first
     */
    public record Modules(String instrumentation, String start, String initializer) {}
}
