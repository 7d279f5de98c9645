package dev.kitbridge.adapter;

/** A content coding of HTTP in which a file can lie beside its original. */
public enum Encoding {
    /** gzip, {@code .gz}. */
    GZIP("gz"),
    /** Brotli, {@code .br}. */
    BROTLI("br"),
    /** Zstandard, {@code .zst}; needs Node 22.15 or newer at build time. */
    ZSTD("zst");

    private final String extension;

    Encoding(String extension) {
        this.extension = extension;
    }

    /** What is appended to the original's name, without the dot. */
    public String extension() {
        return extension;
    }
}
