package dev.kitbridge.adapter;

/** A content coding of HTTP for which a compressed variant of a file can be written beside it. */
public enum Encoding {
    /** The coding {@code gzip}; files end in {@code .gz}. */
    GZIP("gz"),
    /** The coding {@code br} (Brotli); files end in {@code .br}. */
    BROTLI("br"),
    /** The coding {@code zstd} (Zstandard); files end in {@code .zst}. The build needs Node 22.15 or newer. */
    ZSTD("zst");

    private final String extension;

    Encoding(String extension) {
        this.extension = extension;
    }

    /**
     * Returns the extension that a variant's name has after that of its original.
     *
     * @return the extension without a dot, such as {@code gz}
     */
    public String extension() {
        return extension;
    }
}
