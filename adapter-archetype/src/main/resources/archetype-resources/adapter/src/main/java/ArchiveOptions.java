package ${package};

import dev.kitbridge.adapter.Option;

/** Children of {@code <archive>}. */
public record ArchiveOptions(
        @Option("Name of the archive, without .zip") String name,
        @Option("Page for routes that are not prerendered, which the browser renders then; 200.html for example")
                String fallback,
        @Option("Adds gzip and Brotli variants of files") Boolean compress) {

    public ArchiveOptions {
        if (name == null) name = "site";
        if (compress == null) compress = false;
        if (name.contains("/")) {
            throw new IllegalArgumentException("<name> is '" + name + "'; it accepts the name of a file, not a path");
        }
    }
}
