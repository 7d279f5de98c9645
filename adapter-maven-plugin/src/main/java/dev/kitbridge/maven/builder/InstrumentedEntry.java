package dev.kitbridge.maven.builder;

import dev.kitbridge.adapter.Builder;
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
 * @param entrypoint the file, which is the app's own entry point until {@link #write}
 * @param instrumentation the instrumentation module
 * @param initializer the module that sets the environment, which runs first
 */
record InstrumentedEntry(Path entrypoint, Path instrumentation, Path initializer) {

    /**
     * Writes the initializer and the environment that it imports.
     *
     * @param environment text of a module that exports the environment; null for the environment of the process
     * @param recorded text of the initializer with {@code %SERVER%} for the server's folder; null for kit 2
     * @return the initializer's file
     */
    static Path writeInitializer(Path folder, @Nullable String environment, @Nullable String recorded, Path server)
            throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("__sveltekit_env.js"),
                environment == null ? "export default process.env;" : environment);
        Path initializer = folder.resolve("__sveltekit_env_init.js");
        // kit 2 passes the environment to server.init, so that nothing runs before the instrumentation
        String text = recorded == null ? "export {};\n" : recorded;
        Files.writeString(initializer, text.replace("%SERVER%", Specifier.of(folder, server)));
        return initializer;
    }

    /** @throws IllegalArgumentException if a module does not exist */
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

    /** @param start the new path of the app's own entry point */
    void write(Path start, Builder.Instrumentation options) throws IOException {
        Path folder = entrypoint.resolveSibling("");
        Builder.Instrumentation.Modules modules = new Builder.Instrumentation.Modules(
                Specifier.of(folder, instrumentation), Specifier.of(folder, start), Specifier.of(folder, initializer));
        Function<Builder.Instrumentation.Modules, String> generate = options.generateText();
        Files.writeString(entrypoint, generate == null ? text(modules, options.exports()) : generate.apply(modules));
    }

    /**
     * Returns the text of the entry point. It imports the environment first, then the instrumentation, then the app's
     * modules.
     */
    private static String text(Builder.Instrumentation.Modules modules, List<String> exports) {
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
            // an exported name may be a reserved word, which cannot name a variable
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
