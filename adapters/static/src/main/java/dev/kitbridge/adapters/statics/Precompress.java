package dev.kitbridge.adapters.statics;

import dev.kitbridge.adapter.Encoding;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The encodings of the compressed variants to write.
 *
 * @param encodings empty: no variants
 */
public record Precompress(Set<Encoding> encodings) {

    static final Precompress NONE = new Precompress(EnumSet.noneOf(Encoding.class));

    /** Copies the set. */
    public Precompress {
        encodings = Collections.unmodifiableSet(
                encodings.isEmpty() ? EnumSet.noneOf(Encoding.class) : EnumSet.copyOf(encodings));
    }

    /** Parses {@code true} (gzip and Brotli, as in kit), {@code false}, or names of encodings separated by commas. */
    public static Precompress valueOf(String text) {
        String value = text.strip().toLowerCase(Locale.ROOT);
        if (value.equals("true")) return new Precompress(EnumSet.of(Encoding.GZIP, Encoding.BROTLI));
        Set<Encoding> encodings = EnumSet.noneOf(Encoding.class);
        if (value.isEmpty() || value.equals("false")) return NONE;
        for (String name : value.split(",", -1)) {
            try {
                encodings.add(Encoding.valueOf(name.strip().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "<precompress> is '" + text + "'; it accepts true, false, or any of gzip,brotli,zstd", e);
            }
        }
        return new Precompress(encodings);
    }

    @Override
    public String toString() {
        return encodings.isEmpty()
                ? "false"
                : encodings.stream()
                        .map(encoding -> encoding.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(","));
    }
}
