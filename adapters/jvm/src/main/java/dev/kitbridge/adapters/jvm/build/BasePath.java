package dev.kitbridge.adapters.jvm.build;

import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Prerendered;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prepares an app without {@code paths.base} for a base path that is set when it starts. {@code base-path.mjs} has
 * changed the code of the server; the client's takes its base path from the page. Absolute URLs remain, in prerendered
 * files and in the service worker, of files and pages whose place SvelteKit knows: they become relative, as
 * {@code resolve()} and {@code asset()} write them.
 */
final class BasePath {

    /** A file in the server's output, written by {@code base-path.mjs}. */
    static final String REPORT = "kitbridge-base-path.txt";

    /** The list of prerendered paths in the server manifest. */
    private static final Pattern PRERENDERED = Pattern.compile("(?m)^(\\s*prerendered_routes: new Set\\(\\[.*])\\)");

    private static final String DATA = "/__data.json";

    private static final Pattern REDIRECT =
            Pattern.compile("^(\\{\"type\":\"redirect\",[^{}]*?\"location\":\")(/(?!/))");

    private final Builder builder;
    private final Path app;

    /** Reasons against another base path. */
    private final List<String> reasons = new ArrayList<>();

    BasePath(Builder builder, Path app) {
        this.builder = builder;
        this.app = app;
    }

    /** Changes the client and the prerendered files, before they are compressed. */
    void prepareFiles() throws IOException {
        if (!builder.config().base().isEmpty()) return;
        if (!builder.config().relative()) {
            reasons.add("its configuration sets paths.relative to false, and SvelteKit then writes the base path into"
                    + " its files when it builds them; remove paths.relative, or set paths.base");
            return;
        }
        String own = "/" + builder.config().appDir() + "/";
        prepareServiceWorker(own);
        Path folder = app.resolve("prerendered");
        Prerendered prerendered = builder.prerendered();
        for (Map.Entry<String, Prerendered.Page> page : prerendered.pages().entrySet()) {
            prepare(folder.resolve(page.getValue().file()), page.getKey(), own);
        }
        for (String path : prerendered.assets().keySet()) {
            prepareData(folder.resolve(path.substring(1)), path, own);
        }
    }

    /** The module with the public variables lies beside the service worker's own folder. */
    private void prepareServiceWorker(String own) throws IOException {
        Path file = app.resolve("client/service-worker.js");
        if (!Files.isRegularFile(file)) return;
        String code = read(file);
        String changed = code.replaceAll("([\"'`])(" + Pattern.quote(own) + "env\\.)", "$1.$2");
        if (!changed.equals(code)) write(file, changed);
    }

    private void prepare(Path file, String path, String own) throws IOException {
        String html = read(file);
        PrerenderedPage page = PrerenderedPage.of(html, up(path), own);
        if (page.absolute() != null) {
            reasons.add("the prerendered page " + path + " has a link to " + page.absolute()
                    + " that does not begin with the base path; write it with resolve() or asset() of $app/paths");
        } else if (contains(page.html(), own)) {
            absolute(path, own);
        } else if (!page.html().equals(html)) {
            write(file, page.html());
        }
    }

    private void prepareData(Path file, String path, String own) throws IOException {
        String data = read(file);
        Matcher redirect = REDIRECT.matcher(data);
        if (path.endsWith(DATA) && redirect.find()) {
            String page = path.substring(0, path.length() - DATA.length());
            String relative = redirect.replaceFirst("$1" + up(page.isEmpty() ? "/" : page) + "$2");
            write(file, relative);
        } else if (contains(data, own)) {
            absolute(path, own);
        }
    }

    private void absolute(String path, String own) {
        reasons.add("the prerendered file " + path + " contains the path of a file in " + own + ", such as that of an"
                + " imported image; import it where it is shown, not in code that loads data on the server");
    }

    /** Reads a file of any encoding, or of none: what is looked for is ASCII. */
    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.ISO_8859_1);
    }

    private static boolean contains(String text, String own) {
        return text.contains('"' + own) || text.contains('\'' + own);
    }

    /** Returns the relative path from a page to the base path, as SvelteKit writes it: without a slash at the end. */
    private static String up(String path) {
        int depth = (int) path.chars().filter(c -> c == '/').count() - 1;
        return depth == 0 ? "." : "../".repeat(depth).substring(0, 3 * depth - 1);
    }

    /** Changes the list of prerendered paths in a module of the server, with which SvelteKit compares whole paths. */
    void prepareManifest(Path module) throws IOException {
        String code = Files.readString(module);
        String changed =
                PRERENDERED.matcher(code).replaceAll("$1.map((path) => (globalThis.__kitbridge_base ?? '') + path))");
        if (!changed.equals(code)) Files.writeString(module, changed);
    }

    /**
     * Returns why the app can be served at its own base path only; empty if it can be served at any, or has one of its
     * own.
     */
    String fixed() throws IOException {
        boolean changed = Files.deleteIfExists(app.resolve("server").resolve(REPORT));
        if (!builder.config().base().isEmpty()) return "";
        if (!changed && reasons.isEmpty()) {
            reasons.add("Kitbridge found no place in the server code of SvelteKit "
                    + builder.config().kitVersion() + " that has the base path; set paths.base");
        }
        if (reasons.isEmpty()) return "";
        builder.log().info("Served at / only: " + reasons.get(0));
        return reasons.get(0);
    }
}
