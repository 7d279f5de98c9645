package dev.kitbridge.adapter;

import java.util.List;
import java.util.Map;

/**
 * The app's resolved SvelteKit configuration; of kit 2's, the part under {@code kit}.
 *
 * @param appDir folder of the app's own files below {@code base}, by default {@code _app}
 * @param base {@code paths.base}: empty, or a path with a leading and without a trailing slash
 * @param assets {@code paths.assets}: empty, or the origin that serves the app's files
 * @param relative {@code paths.relative}: whether pages refer to files by relative paths
 * @param origin kit 3's {@code paths.origin}, kit 2's {@code prerender.origin}; empty where it is not set
 * @param routesDirectory {@code files.routes} relative to the app's folder, {@code src/routes}
 * @param hashRouting whether {@code router.type} is {@code hash}
 * @param prerenderEntries {@code prerender.entries}
 * @param versionName {@code version.name}
 * @param kitVersion version of {@code @sveltejs/kit} that built the app
 * @param values everything in the configuration that JSON can hold, under kit's own names
 */
public record BuildConfig(
        String appDir,
        String base,
        String assets,
        boolean relative,
        String origin,
        String routesDirectory,
        boolean hashRouting,
        List<String> prerenderEntries,
        String versionName,
        String kitVersion,
        Map<String, Object> values) {}
