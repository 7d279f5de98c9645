package dev.kitbridge.adapter;

import java.util.List;
import java.util.Map;

/**
 * The app's resolved SvelteKit configuration. In kit 3: {@code ValidatedConfig}; in kit 2: its {@code kit}.
 *
 * @param appDir {@code appDir}: the folder of the app's own files below {@code base}, by default {@code _app}
 * @param base {@code paths.base}: empty, or a path with a leading slash and without a trailing one
 * @param assets {@code paths.assets}: empty, or the origin that serves the app's files
 * @param relative {@code paths.relative}: whether pages refer to files by relative paths
 * @param origin {@code paths.origin} of kit 3, {@code prerender.origin} of kit 2; empty if it is not set
 * @param routesDirectory {@code files.routes} relative to the app's folder, by default {@code src/routes}
 * @param hashRouting whether {@code router.type} is {@code hash}
 * @param prerenderEntries {@code prerender.entries}
 * @param versionName {@code version.name}
 * @param kitVersion the version of {@code @sveltejs/kit} that built the app
 * @param values the whole configuration, under kit's own names, without the values that JSON cannot hold
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
