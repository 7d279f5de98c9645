package dev.kitbridge.adapters.statics;

import dev.kitbridge.adapter.Option;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code @sveltejs/adapter-static} 4, and {@code target}.
 *
 * @param pages where prerendered pages go; null: the adapter's output folder
 * @param assets where the client and static files go; null: where the pages go
 * @param fallback name of the page for paths that are not prerendered, or null
 * @param precompress encodings of the variants to write beside the files
 * @param strict whether every route must have been prerendered
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

    /** Where the site goes. */
    public enum Target {
        /** A folder. */
        FOLDER,
        /** Inside the module's own jar or WAR, where Servlet containers and Spring Boot serve it. */
        RESOURCES
    }

    /** Fills in defaults, and refuses what does not go together. */
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
                    "<target>resources</target> decides where the site goes; leave <pages> and <assets> out");
        }
    }
}
