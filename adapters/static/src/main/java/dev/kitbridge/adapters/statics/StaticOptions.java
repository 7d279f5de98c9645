package dev.kitbridge.adapters.statics;

import dev.kitbridge.adapter.Option;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code @sveltejs/adapter-static} 4, and {@code target}.
 *
 * @param pages the folder for prerendered pages; null: the adapter's output folder
 * @param assets the folder for the client and the static files; null: the same as {@code pages}
 * @param fallback the file name of the fallback page; null: there is none
 * @param precompress the encodings of compressed variants
 * @param strict whether every route must be prerendered, unless there is a fallback page
 * @param target a folder, or the module's own jar or WAR
 */
public record StaticOptions(
        @Option(value = "Where prerendered pages are written", defaultValue = "target/adapters/static") @Nullable
                Path pages,
        @Option(value = "Where client and static files are written", defaultValue = "as <pages>") @Nullable Path assets,
        @Option("Name of the page for paths that are not prerendered, 200.html for example") @Nullable String fallback,
        @Option("Compressed variants: gzip,brotli,zstd; true is gzip,brotli") Precompress precompress,
        @Option("Fails if a route is neither prerendered nor covered by <fallback>") Boolean strict,
        @Option("folder, or resources: inside the module's own jar or WAR") Target target) {

    /** The destination of the site. */
    public enum Target {
        /** A folder. */
        FOLDER,
        /** The module's own jar or WAR, from which Servlet containers and Spring Boot serve the site. */
        RESOURCES
    }

    /** Sets defaults, and rejects invalid values and combinations. */
    public StaticOptions {
        if (precompress == null) precompress = Precompress.NONE;
        if (strict == null) strict = true;
        if (target == null) target = Target.FOLDER;
        if (fallback != null && (fallback.isBlank() || fallback.startsWith("/") || fallback.contains(".."))) {
            throw new IllegalArgumentException("<fallback> is '" + fallback
                    + "'; it accepts the name of a file in the site, 200.html for example");
        }
        if (target == Target.RESOURCES && (pages != null || assets != null)) {
            throw new IllegalArgumentException(
                    "<target>resources</target> cannot be combined with <pages> or <assets>; remove them");
        }
    }
}
