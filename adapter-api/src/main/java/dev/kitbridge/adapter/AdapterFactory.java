package dev.kitbridge.adapter;

/**
 * Creates an adapter from its options. In kit: the default export of an adapter's package, a function of its options.
 *
 * <p>The plugin finds factories with {@link java.util.ServiceLoader}: list the class in
 * {@code META-INF/services/dev.kitbridge.adapter.AdapterFactory} and give it a public constructor without parameters.
 *
 * @param <O> the options: a record whose components have the names of the options
 */
public interface AdapterFactory<O extends Record> {

    /**
     * Returns the adapter's name, which is the name of its element in {@code <adapters>}.
     *
     * @return lower-case letters, digits and hyphens
     */
    String name();

    /**
     * Returns the class of the options record.
     *
     * <p>The plugin fills each component from the child element of the same name. Component types can be:
     *
     * <ul>
     *   <li>{@code String}, {@code boolean}, numbers, {@link java.nio.file.Path}, and enums (upper or lower case);
     *   <li>a type with a static method {@code valueOf(String)};
     *   <li>nested records, and maps with string keys;
     *   <li>{@link java.util.List} and {@link java.util.Set} of these, as child elements or as one text with commas.
     * </ul>
     *
     * <p>A component without an element is null, zero or false. A compact constructor replaces such values by defaults,
     * and throws {@link IllegalArgumentException} for a value that it rejects; the plugin shows that message to the
     * user.
     *
     * @return the class of {@code O}
     */
    Class<O> optionsType();

    /**
     * Creates an adapter. Work that reads or writes files belongs to {@link Adapter#adapt}.
     *
     * @param options the options from the POM
     * @return a new adapter
     */
    Adapter create(O options);
}
