package dev.kitbridge.server.internal.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The description of a site that the build half of an adapter writes for its run half ({@code site.bin}).
 *
 * @param kit version of SvelteKit
 * @param version {@code version.name} of the app
 * @param base {@code paths.base}: empty, or a path with a leading and without a trailing slash
 * @param fixed why the app can be served at no other base path; empty if it can
 * @param appPath path of the app's own files with {@code base} before it, without a leading slash
 * @param origin {@code paths.origin} of kit 3; empty if the front decides
 * @param errorPage kit's error page for an app that cannot render one, with its placeholders
 * @param files served files
 * @param redirects redirected paths
 */
public record SiteManifest(
        String kit,
        String version,
        String base,
        String fixed,
        String appPath,
        String origin,
        String errorPage,
        List<SiteFile> files,
        List<Redirect> redirects) {

    /** Name of the file. */
    public static final String FILE = "site.bin";

    /** Name of the module that runs a worker. */
    public static final String ENTRY = "worker.js";

    /**
     * A redirect.
     *
     * @param path decoded path, with {@code base}
     * @param status 301 to 308
     * @param location value of {@code location}; if it is relative, the request's query is appended
     */
    public record Redirect(String path, int status, String location) {}

    /**
     * Reads the manifest in an app's folder.
     *
     * @throws IOException if it is missing or damaged, or has another version
     */
    public static SiteManifest read(Path appDirectory) throws IOException {
        Path file = appDirectory.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new IOException(
                    appDirectory + " contains no " + FILE + "; expected the folder that an adapter wrote");
        }
        return parse(Files.readAllBytes(file), file.toString());
    }

    /**
     * Reads a manifest from its bytes.
     *
     * @param where its name in errors
     * @throws IOException if it is damaged, or has another version
     */
    public static SiteManifest parse(byte[] bytes, String where) throws IOException {
        return SiteFormat.read(bytes, where);
    }

    /**
     * Returns the manifest of an app without a base path at another one.
     *
     * @param path a path with a leading and without a trailing slash, whose characters need no encoding
     */
    public SiteManifest at(String path) {
        List<SiteFile> moved = new ArrayList<>();
        List<Redirect> redirected = new ArrayList<>();
        String last = path.substring(path.lastIndexOf('/') + 1);
        for (SiteFile file : files) {
            List<String> paths =
                    new ArrayList<>(file.paths().stream().map(path::concat).toList());
            if (file.paths().contains("/")) {
                // a file index.html has other paths too, and is served at all of them; a page has one
                if (paths.size() > 1) paths.add(path);
                else redirected.add(new Redirect(path, 308, "./" + last + "/"));
            }
            moved.add(new SiteFile(
                    paths, file.file(), file.size(), file.digest(), file.type(), file.immutable(), file.variants()));
        }
        for (Redirect redirect : redirects) {
            String location = redirect.location();
            boolean within = location.startsWith("/") && !location.startsWith("//");
            redirected.add(
                    new Redirect(path + redirect.path(), redirect.status(), within ? path + location : location));
        }
        return new SiteManifest(
                kit, version, path, fixed, path.substring(1) + "/" + appPath, origin, errorPage, moved, redirected);
    }

    /** Writes the manifest into an app's folder; the same manifest gives the same bytes. */
    public void write(Path appDirectory) throws IOException {
        Files.write(appDirectory.resolve(FILE), SiteFormat.write(this));
    }
}
