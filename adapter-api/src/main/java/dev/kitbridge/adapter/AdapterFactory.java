package dev.kitbridge.adapter;

/**
 * Creates an adapter from its options: what {@code export default function (options)} is in JavaScript.
 *
 * <p>Found with {@link java.util.ServiceLoader}: name the implementation, which needs a public constructor without
 * parameters, in {@code META-INF/services/dev.kitbridge.adapter.AdapterFactory}.
 *
 * @param <O> the options: a record whose components are the options' names
 */
public interface AdapterFactory<O extends Record> {

    /** The adapter's name, which is its element in {@code <adapters>}: lower-case letters, digits and hyphens. */
    String name();

    /**
     * The options record.
     *
     * <p>Children of the adapter's element fill the components of the same names: {@code String}, {@code boolean},
     * numbers, enums (case does not matter), {@link java.nio.file.Path}, {@link java.util.List} and
     * {@link java.util.Set} of these (child elements, or one text separated by commas), maps with string keys, nested
     * records, and any type with a static {@code valueOf(String)}. A component that was not given is null, or zero, or
     * false; a compact constructor puts defaults in their place, and throws {@link IllegalArgumentException} for values
     * that it refuses.
     */
    Class<O> optionsType();

    /** Creates an adapter; does no work yet. */
    Adapter create(O options);
}
