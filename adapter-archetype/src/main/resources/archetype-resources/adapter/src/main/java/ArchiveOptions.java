package ${package};

import dev.kitbridge.adapter.Option;

/**
 * The child elements of {@code <archive>}.
 *
 * @param name the file name of the archive, without extension
 * @param fallback the file name of the fallback page; null: there is none, and every route must be prerendered
 * @param compress whether the archive also contains compressed variants of its files
 */
public record ArchiveOptions(
        @Option("File name of the archive, without .zip") String name,
        @Option("Page for routes that the browser renders, for example 200.html") String fallback,
        @Option("Adds gzip and Brotli variants of the files") Boolean compress) {

    /** Sets defaults for the elements that are missing in the POM, and rejects invalid values. */
    public ArchiveOptions {
        if (name == null) name = "site";
        if (compress == null) compress = false;
        if (name.contains("/")) {
            throw new IllegalArgumentException("<name> is '" + name + "'; expected a file name, not a path");
        }
    }
}
