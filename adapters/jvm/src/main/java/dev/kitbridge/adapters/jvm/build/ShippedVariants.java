package dev.kitbridge.adapters.jvm.build;

import dev.kitbridge.server.internal.site.SiteFile.Encoding;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Files of an app with the name of another file's compressed variant: {@code sitemap.xml.gz} beside
 * {@code sitemap.xml}. Each is served under its own path too, whatever its content.
 */
final class ShippedVariants {

    /** Folder within the app's folder. */
    private static final String ASIDE = "shipped/";

    private final Path app;
    private final Map<String, String> moved = new HashMap<>();
    private final Set<String> kept = new HashSet<>();

    ShippedVariants(Path app) {
        this.app = app;
    }

    /** Moves them to another folder, so that compressing the other files does not overwrite them. */
    void setAside(String folder, List<String> names) throws IOException {
        Set<String> all = Set.copyOf(names);
        for (String name : names) {
            if (original(name, all) == null) continue;
            Path aside = app.resolve(ASIDE + folder + name);
            Files.createDirectories(aside.resolveSibling(""));
            Files.move(app.resolve(folder + name), aside);
            moved.put(folder + name, ASIDE + folder + name);
        }
    }

    /** Records them without moving them, for an app that compresses its files itself. */
    void keep(String folder, List<String> names) {
        Set<String> all = Set.copyOf(names);
        for (String name : names) {
            if (original(name, all) != null) kept.add(folder + name);
        }
    }

    private static @Nullable String original(String name, Set<String> names) {
        for (Encoding encoding : Encoding.values()) {
            String end = "." + encoding.extension();
            if (!name.endsWith(end)) continue;
            String original = name.substring(0, name.length() - end.length());
            if (names.contains(original)) return original;
        }
        return null;
    }

    /** Returns a file's current path, relative to the app's folder. */
    String file(String name) {
        return moved.getOrDefault(name, name);
    }

    /**
     * Returns whether a file has a compressed variant. A file that the app ships is a variant if its content decodes to
     * the plain file. Java decodes gzip only, so Brotli and Zstandard variants count only in the folder that Vite
     * writes.
     *
     * @param name of the plain file
     * @param generated whether Vite wrote it
     */
    boolean isVariantOf(String name, Encoding encoding, boolean generated) throws IOException {
        String variant = name + "." + encoding.extension();
        if (name.startsWith(ASIDE) || !Files.exists(app.resolve(variant))) return false;
        if (!kept.contains(variant)) return true;
        if (encoding != Encoding.GZIP) return generated;
        return decodesTo(app.resolve(variant), app.resolve(name));
    }

    private static boolean decodesTo(Path compressed, Path plain) throws IOException {
        try (InputStream in = new BufferedInputStream(new GZIPInputStream(Files.newInputStream(compressed), 1 << 16));
                InputStream expected = new BufferedInputStream(Files.newInputStream(plain))) {
            int next = in.read();
            while (next >= 0 && next == expected.read()) next = in.read();
            return next < 0 && expected.read() < 0;
        } catch (ZipException | EOFException e) {
            return false;
        }
    }
}
