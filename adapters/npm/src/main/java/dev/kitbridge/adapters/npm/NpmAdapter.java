package dev.kitbridge.adapters.npm;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.JavaScriptAdapter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Runs an adapter from npm, and attaches or copies its output. */
final class NpmAdapter implements Adapter {

    private final NpmOptions options;

    NpmAdapter(NpmOptions options) {
        this.options = options;
    }

    @Override
    public String name() {
        return "npm";
    }

    @Override
    public JavaScriptAdapter javaScriptAdapter() {
        return options.adapter();
    }

    @Override
    public void adapt(Builder builder) throws IOException {
        Path app = builder.project().appDirectory();
        List<Path> written = builder.javaScriptOutputs();
        builder.log()
                .info(
                        written.isEmpty()
                                ? options.packageName() + " wrote no files"
                                : options.packageName() + " wrote "
                                        + written.stream()
                                                .map(path -> Output.name(app, path))
                                                .collect(Collectors.joining(", ")));
        if (!options.attach() && !options.copy()) return;

        Output output = Output.of(builder, options);
        if (options.copy()) output.copy(builder);
        if (options.attach()) output.attach(builder);
    }
}
