package dev.kitbridge.adapters.jvm.build;

import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Prerendered;
import dev.kitbridge.server.internal.site.SiteFile;
import dev.kitbridge.server.internal.site.SiteFile.Encoding;
import dev.kitbridge.server.internal.site.SiteFile.Variant;
import dev.kitbridge.server.internal.site.SiteManifest.Redirect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Maps paths to files by the rules of {@code @sveltejs/adapter-node} 6. Prerendered redirects are answered as
 * redirects.
 */
final class Assets {

    private static final String INDEX = "index.html";

    private final Builder builder;
    private final Path app;
    private final String base;
    private final ShippedVariants shipped;
    private final Set<String> taken = new HashSet<>();
    private final List<SiteFile> files = new ArrayList<>();
    private final Map<String, Redirect> redirects = new LinkedHashMap<>();

    Assets(Builder builder, Path app, ShippedVariants shipped) {
        this.builder = builder;
        this.app = app;
        this.shipped = shipped;
        this.base = builder.config().base();
    }

    List<SiteFile> files() {
        return files;
    }

    List<Redirect> redirects() {
        return List.copyOf(redirects.values());
    }

    /** Adds client and static files under their names; HTML files also under the paths without {@code .html}. */
    void addClient(List<String> names) throws IOException {
        List<String> served =
                names.stream().filter(name -> !isHidden(name)).sorted().toList();
        for (String name : served) taken.add(base + "/" + key(name));
        String immutable = builder.config().appDir() + "/immutable/";
        for (String name : served) {
            List<String> paths = new ArrayList<>(List.of(base + "/" + key(name)));
            if (name.endsWith(".html")) {
                for (String alias : aliases(key(name))) {
                    if (taken.add(alias)) paths.add(alias);
                }
            }
            files.add(file(paths, "client/" + name, type(name), name.startsWith(immutable)));
        }
    }

    private List<String> aliases(String name) {
        boolean index = name.equals(INDEX) || name.endsWith("/" + INDEX);
        String slash = base + "/" + name.substring(0, name.length() - (index ? INDEX.length() : ".html".length()))
                + (index ? "" : "/");
        return slash.length() > 1 ? List.of(slash, slash.substring(0, slash.length() - 1)) : List.of(slash);
    }

    /**
     * Adds files of an earlier release, which pages of that release still request.
     *
     * @param earlier files that are not {@linkplain #has in this release}
     * @param folder their folder, relative to the app's folder
     */
    void addRetained(List<SiteFile> earlier, String folder) {
        for (SiteFile file : earlier) {
            List<String> paths = file.paths().stream().filter(taken::add).toList();
            files.add(new SiteFile(
                    paths, folder + file.file(), file.size(), file.digest(), file.type(), true, file.variants()));
        }
    }

    /** Returns whether this release has all paths of a file of an earlier release. */
    boolean has(SiteFile earlier) {
        return taken.containsAll(earlier.paths());
    }

    /** Adds prerendered paths, and redirects to them from the path with or without a trailing slash. */
    void addPrerendered(List<String> names) throws IOException {
        Set<String> written = new HashSet<>(names);
        Prerendered prerendered = builder.prerendered();
        for (Map.Entry<String, Prerendered.Redirect> redirect :
                prerendered.redirects().entrySet()) {
            Prerendered.Redirect to = redirect.getValue();
            String path = key(redirect.getKey());
            if (taken.add(path)) redirects.put(path, new Redirect(path, to.status(), to.location()));
        }
        List<String> decoded = prerendered.paths().stream().sorted().toList();
        for (String path : decoded) {
            String name = find(path, written);
            if (name == null || isHidden(name) || !taken.add(key(path))) continue;
            Prerendered.Asset asset = prerendered.assets().get(path);
            String type = asset == null || asset.type() == null || asset.type().isEmpty() ? type(name) : asset.type();
            files.add(file(List.of(key(path)), "prerendered/" + name, type, false));
        }
        for (String path : decoded.stream().map(Assets::key).toList()) {
            String other = path.endsWith("/") ? path.substring(0, path.length() - 1) : path + "/";
            if (!other.isEmpty() && taken.contains(path) && taken.add(other)) {
                redirects.put(other, new Redirect(other, 308, relative(other, path)));
            }
        }
    }

    /** Returns the path of a decoded request: these three characters stay encoded. */
    private static String key(String path) {
        return path.replace("%", "%25").replace("#", "%23").replace("?", "%3F");
    }

    /** Returns the file that kit rendered for a path. */
    private @Nullable String find(String path, Set<String> written) {
        String name = path.length() > base.length() ? path.substring(base.length() + 1) : "";
        if (name.isEmpty()) return written.contains(INDEX) ? INDEX : null;
        for (String candidate : List.of(name, name.endsWith("/") ? name + INDEX : name + ".html")) {
            if (written.contains(candidate)) return candidate;
        }
        return null;
    }

    /** Returns a relative redirect; {@code ./} prevents that a colon in the segment is parsed as a scheme. */
    private static String relative(String from, String to) {
        String path = to.endsWith("/") ? to.substring(0, to.length() - 1) : to;
        String segment = path.substring(path.lastIndexOf('/') + 1);
        return from.endsWith("/") ? "../" + segment : "./" + segment + "/";
    }

    /** Returns whether a name begins with a dot, which is not served, except for {@code .well-known} (RFC 8615). */
    private static boolean isHidden(String name) {
        return (name.startsWith(".") || name.contains("/.")) && !name.startsWith(".well-known/");
    }

    private String type(String name) {
        int dot = name.lastIndexOf('.');
        String type = dot < 0 ? "" : builder.mimeTypes().getOrDefault(name.substring(dot), "");
        return type.equals("text/html") ? "text/html;charset=utf-8" : type;
    }

    private SiteFile file(List<String> paths, String written, String type, boolean immutable) throws IOException {
        String name = shipped.file(written);
        Path path = app.resolve(name);
        boolean generated = written.startsWith("client/" + builder.config().appDir() + "/");
        List<Variant> variants = new ArrayList<>();
        for (Encoding encoding : Encoding.values()) {
            if (!shipped.isVariantOf(name, encoding, generated)) continue;
            variants.add(new Variant(encoding, Files.size(app.resolve(name + "." + encoding.extension()))));
        }
        return new SiteFile(paths, name, Files.size(path), Digest.base64(path), type, immutable, variants);
    }
}
