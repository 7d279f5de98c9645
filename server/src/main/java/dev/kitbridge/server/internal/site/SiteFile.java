package dev.kitbridge.server.internal.site;

import java.util.List;

/**
 * A served file.
 *
 * @param paths decoded paths that it answers, with {@code base}
 * @param file relative to the app's folder, with forward slashes
 * @param size in bytes
 * @param digest SHA-256 of its content as base64url: the ETag without its quotes
 * @param type value of {@code content-type}, empty if it is not known
 * @param immutable whether its name changes with its content
 * @param variants compressed forms, which are in the same folder
 */
public record SiteFile(
        List<String> paths,
        String file,
        long size,
        String digest,
        String type,
        boolean immutable,
        List<Variant> variants) {

    /** Returns the path of a compressed form, relative to the app's folder. */
    public String file(Encoding encoding) {
        return file + "." + encoding.extension();
    }

    /**
     * A compressed form of a file.
     *
     * @param encoding of the form
     * @param size in bytes
     */
    public record Variant(Encoding encoding, long size) {}

    /** Content codings in the order in which a server prefers them. */
    public enum Encoding {
        /** Brotli. */
        BR("br", "br"),
        /** Zstandard. */
        ZSTD("zstd", "zst"),
        /** Gzip. */
        GZIP("gzip", "gz");

        private final String token;
        private final String extension;

        Encoding(String token, String extension) {
            this.token = token;
            this.extension = extension;
        }

        /** Returns its name in {@code content-encoding}. */
        public String token() {
            return token;
        }

        /** Returns the extension that is added to the file's name. */
        public String extension() {
            return extension;
        }
    }
}
