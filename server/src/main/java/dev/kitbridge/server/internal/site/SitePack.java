package dev.kitbridge.server.internal.site;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All files of a site in a single file: in the order of the manifest, each before its variants. It replaces the files
 * in an app's folder, so that a start checks one file instead of hundreds.
 */
public final class SitePack {

    /** Name of the file. */
    public static final String FILE = "site.pack";

    private SitePack() {}

    /**
     * The position of a file in the pack.
     *
     * @param offset of its first byte
     * @param size in bytes
     */
    public record Part(long offset, long size) {}

    /**
     * Returns the parts of the pack, in order, by their names relative to the app's folder. A file that is served by
     * itself, and is also a variant of another file, is one part. The writer and the reader share this method.
     *
     * @throws IllegalArgumentException if the manifest gives one file two sizes
     */
    public static Layout layout(SiteManifest site) {
        Map<String, Part> parts = new LinkedHashMap<>();
        long end = 0;
        for (SiteFile file : site.files()) {
            end = add(parts, file.file(), file.size(), end);
            for (SiteFile.Variant variant : file.variants()) {
                end = add(parts, file.file(variant.encoding()), variant.size(), end);
            }
        }
        return new Layout(Collections.unmodifiableMap(parts), end);
    }

    private static long add(Map<String, Part> parts, String name, long size, long end) {
        Part known = parts.putIfAbsent(name, new Part(end, size));
        if (known == null) return end + size;
        if (known.size() == size) return end;
        throw new IllegalArgumentException(
                name + " has two sizes in the site manifest, " + known.size() + " and " + size + " bytes");
    }

    /**
     * All parts.
     *
     * @param parts by name, in the order of their offsets
     * @param size of the pack in bytes
     */
    public record Layout(Map<String, Part> parts, long size) {}
}
