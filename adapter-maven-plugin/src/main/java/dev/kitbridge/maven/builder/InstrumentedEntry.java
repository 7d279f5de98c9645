package dev.kitbridge.maven.builder;

import dev.kitbridge.adapter.Instrumentation;
import dev.kitbridge.maven.json.Jackson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An entry point that loads instrumentation before the app.
 *
 * @param entrypoint its file, which holds the app's own until it is written
 * @param instrumentation module that instruments
 * @param initializer module that brings the environment, which runs first
 */
record InstrumentedEntry(Path entrypoint, Path instrumentation, Path initializer) {

    /**
     * Writes the initializer and the environment that it imports.
     *
     * @param environment module that exports the environment; null: that of the process
     * @param recorded the initializer's text with {@code %SERVER%} for the server's folder, null for kit 2
     * @return the initializer's file
     */
    static Path writeInitializer(Path folder, @Nullable String environment, @Nullable String recorded, Path server)
            throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("__sveltekit_env.js"),
                environment == null ? "export default process.env;" : environment);
        Path initializer = folder.resolve("__sveltekit_env_init.js");
        // kit 2 hands the environment over in server.init, and nothing has to run before the instrumentation
        String text = recorded == null ? "export {};\n" : recorded;
        Files.writeString(initializer, text.replace("%SERVER%", Specifier.of(folder, server)));
        return initializer;
    }

    /** @throws IllegalArgumentException if a module is not there */
    void check() {
        Map<String, Path> modules = new LinkedHashMap<>();
        modules.put("entry point", entrypoint);
        modules.put("instrumentation", instrumentation);
        modules.put("initializer", initializer);
        modules.forEach((what, file) -> {
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException(
                        "the " + what + " " + file + " does not exist, so the app cannot be instrumented");
            }
        });
    }

    /** @param start where the app's own entry point is now */
    void write(Path start, Instrumentation options) throws IOException {
        Path folder = entrypoint.resolveSibling("");
        Instrumentation.Modules modules = new Instrumentation.Modules(
                Specifier.of(folder, instrumentation), Specifier.of(folder, start), Specifier.of(folder, initializer));
        Function<Instrumentation.Modules, String> generate = options.generateText();
        Files.writeString(entrypoint, generate == null ? text(modules, options.exports()) : generate.apply(modules));
    }

    /** The order matters: environment, instrumentation, and only then the app's own modules. */
    private static String text(Instrumentation.Modules modules, List<String> exports) {
        StringBuilder text = new StringBuilder();
        text.append("import ")
                .append(Jackson.MAPPER.writeValueAsString(modules.initializer()))
                .append(";\n");
        text.append("import ")
                .append(Jackson.MAPPER.writeValueAsString(modules.instrumentation()))
                .append(";\n");
        text.append("const start = await import(")
                .append(Jackson.MAPPER.writeValueAsString(modules.start()))
                .append(");\n");
        List<String> renamed = new ArrayList<>();
        for (int i = 0; i < exports.size(); i++) {
            // a name that is exported may be a reserved word, which no variable can have
            text.append("const _").append(i).append(" = start[");
            text.append(Jackson.MAPPER.writeValueAsString(exports.get(i))).append("];\n");
            renamed.add("_" + i + " as " + exports.get(i));
        }
        return text.append("export { ")
                .append(String.join(", ", renamed))
                .append(" };\n")
                .toString();
    }
}
