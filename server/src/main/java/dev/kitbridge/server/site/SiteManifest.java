package dev.kitbridge.server.site;

import dev.kitbridge.server.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * All that the run half of an adapter has to know of a site, decided by its build half ({@code site.json}).
 *
 * @param kit version of SvelteKit
 * @param base {@code paths.base}: empty, or a path with a leading and without a trailing slash
 * @param appPath path of the app's own files with {@code base} before it, without a leading slash
 * @param origin {@code paths.origin} of kit 3; empty where the front decides
 * @param errorPage kit's error page for an app that cannot render one, with its placeholders
 * @param files what is served
 * @param redirects what is redirected
 */
public record SiteManifest(
        String kit,
        String base,
        String appPath,
        String origin,
        String errorPage,
        List<SiteFile> files,
        List<Redirect> redirects) {

    /** Name of the file. */
    public static final String FILE = "site.json";

    /** Name of the module that runs a worker. */
    public static final String ENTRY = "worker.js";

    /** Version of the file's form. */
    static final long SCHEMA = 1;

    /**
     * A redirect.
     *
     * @param path decoded path, with {@code base}
     * @param status 301 to 308
     * @param location value of {@code location}; where it is relative, the request's query is added
     */
    public record Redirect(String path, int status, String location) {}

    /**
     * Reads the manifest in an app's folder.
     *
     * @throws IOException if there is none, or one that this version does not understand
     */
    public static SiteManifest read(Path appDirectory) throws IOException {
        Path file = appDirectory.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new IOException(appDirectory + " holds no " + FILE + "; expected the folder that an adapter wrote");
        }
        return parse(Files.readAllBytes(file), file.toString());
    }

    /**
     * Reads a manifest from its bytes.
     *
     * @param where names it in errors
     * @throws IOException if this version does not understand it
     */
    public static SiteManifest parse(byte[] json, String where) throws IOException {
        try {
            return from(new Values(Objects.requireNonNull(Json.read(json))), where);
        } catch (JacksonException | ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw new IOException(where + " is not what an adapter writes: " + e.getMessage(), e);
        }
    }

    private static SiteManifest from(Values site, String file) throws IOException {
        if (site.number("schema") != SCHEMA) {
            throw new IOException(file + " has schema " + site.number("schema") + ", expected " + SCHEMA
                    + "; the adapter and kitbridge-server need the same version");
        }
        return new SiteManifest(
                site.text("kit"),
                site.text("base"),
                site.text("appPath"),
                site.text("origin"),
                site.text("errorPage"),
                site.list("files").stream().map(SiteManifest::file).toList(),
                site.list("redirects").stream()
                        .map(redirect -> new Redirect(
                                redirect.text("path"), (int) redirect.number("status"), redirect.text("location")))
                        .toList());
    }

    private static SiteFile file(Values file) {
        return new SiteFile(
                file.texts("paths"),
                file.text("file"),
                file.number("size"),
                file.text("digest"),
                file.text("type"),
                file.flag("immutable"),
                file.list("variants").stream()
                        .map(variant -> new SiteFile.Variant(
                                SiteFile.Encoding.valueOf(variant.text("encoding")), variant.number("size")))
                        .toList());
    }

    /** Writes the manifest into an app's folder; the same manifest gives the same bytes. */
    public void write(Path appDirectory) throws IOException {
        Map<String, Object> site = new LinkedHashMap<>();
        site.put("schema", SCHEMA);
        site.put("kit", kit);
        site.put("base", base);
        site.put("appPath", appPath);
        site.put("origin", origin);
        site.put("errorPage", errorPage);
        site.put("files", files.stream().map(SiteManifest::values).toList());
        site.put(
                "redirects",
                redirects.stream()
                        .map(redirect -> ordered(
                                "path", redirect.path(), "status", redirect.status(), "location", redirect.location()))
                        .toList());
        Files.write(appDirectory.resolve(FILE), Json.write(site).getBytes(StandardCharsets.US_ASCII));
    }

    private static Map<String, Object> values(SiteFile file) {
        return ordered(
                "paths",
                file.paths(),
                "file",
                file.file(),
                "size",
                file.size(),
                "digest",
                file.digest(),
                "type",
                file.type(),
                "immutable",
                file.immutable(),
                "variants",
                file.variants().stream()
                        .map(variant -> ordered("encoding", variant.encoding().name(), "size", variant.size()))
                        .toList());
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        return map;
    }

    /** An object of the file, whose members all have to be there. */
    private record Values(Map<?, ?> map) {

        Values(Object value) {
            this((Map<?, ?>) value);
        }

        private Object member(String name) {
            @Nullable Object value = map.get(name);
            if (value == null) throw new IllegalArgumentException("'" + name + "' is missing");
            return value;
        }

        String text(String name) {
            return (String) member(name);
        }

        long number(String name) {
            return (Long) member(name);
        }

        boolean flag(String name) {
            return (Boolean) member(name);
        }

        List<String> texts(String name) {
            return ((List<?>) member(name)).stream().map(String.class::cast).toList();
        }

        List<Values> list(String name) {
            return ((List<?>) member(name))
                    .stream().map(item -> new Values((Object) item)).toList();
        }
    }
}
