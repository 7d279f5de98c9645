package dev.kitbridge.adapters.npm;

import dev.kitbridge.adapter.JavaScriptAdapter;
import dev.kitbridge.adapter.Option;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The child elements of {@code <npm>}.
 *
 * @param packageName the npm package of the adapter
 * @param version a version or range; null: the version that is installed in the app
 * @param options the options of the JavaScript adapter: child elements, or JSON; null: none
 * @param attach whether to attach the output to the module as a ZIP archive
 * @param copy whether to copy the output to the adapter's folder in {@code target}
 * @param outputs the folders and files to attach or copy, relative to the app; empty: what the adapter wrote
 */
public record NpmOptions(
        @Option(value = "The adapter's npm package, @sveltejs/adapter-node for example", name = "package")
                String packageName,
        @Option(value = "Version or range of the package", defaultValue = "the one installed in the app") @Nullable
                String version,
        @Option("The adapter's options: child elements, or JSON") @Nullable Object options,
        @Option("Attaches the output to the module as a ZIP archive") Boolean attach,
        @Option("Copies the output to target/adapters/<id>") Boolean copy,
        @Option(value = "Folders and files to attach or copy", defaultValue = "what the adapter wrote")
                List<String> outputs) {

    /** Sets defaults, and rejects invalid values. */
    public NpmOptions {
        if (packageName == null || packageName.isBlank()) {
            throw new IllegalArgumentException(
                    "<package> is missing; it names the npm package of the adapter, @sveltejs/adapter-node for example");
        }
        if (version != null && version.isBlank()) version = null;
        if (attach == null) attach = false;
        if (copy == null) copy = false;
        outputs = outputs == null ? List.of() : List.copyOf(outputs);
        if (!outputs.isEmpty() && !attach && !copy) {
            throw new IllegalArgumentException("<outputs> names what to attach or to copy; add <attach>true</attach> or"
                    + " <copy>true</copy>, or remove it");
        }
        // reports a wrong value when the POM is read
        adapter(packageName, version, options);
    }

    /** Returns the adapter that the plugin runs in the app's Vite build. */
    JavaScriptAdapter adapter() {
        return adapter(packageName, version, options);
    }

    private static JavaScriptAdapter adapter(String name, @Nullable String version, @Nullable Object options) {
        return new JavaScriptAdapter(name.strip(), version == null ? null : version.strip(), JsonOptions.of(options));
    }
}
