package dev.kitbridge.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * HTTP header fields in order; a name may occur several times, and its case does not matter. Immutable. The idea is
 * that of the Fetch standard's {@code Headers}.
 */
public final class Headers {

    /** No fields. */
    public static final Headers EMPTY = new Headers(new String[0]);

    private final String[] fields;

    private volatile @Nullable Object converted;

    private Headers(String[] fields) {
        this.fields = fields;
    }

    /**
     * Fields from names and values in turn.
     *
     * @throws IllegalArgumentException if a value is missing
     */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a header without a value: " + List.of(namesAndValues));
        }
        return new Headers(namesAndValues.clone());
    }

    /** Begins with no fields. */
    public static Builder builder() {
        return new Builder();
    }

    /** The first value of that name, or null. */
    public @Nullable String first(String name) {
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) return fields[i + 1];
        }
        return null;
    }

    /** The values of a field that is a list, as one list, or null; several lines of it mean the same as one. */
    public @Nullable String joined(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? null : values.size() == 1 ? values.get(0) : String.join(", ", values);
    }

    /** All values of that name, in order. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) values.add(fields[i + 1]);
        }
        return values;
    }

    /** Calls with each name and value, in order. */
    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < fields.length; i += 2) action.accept(fields[i], fields[i + 1]);
    }

    /** How many fields there are. */
    public int size() {
        return fields.length / 2;
    }

    /** These fields, and more. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.fields.addAll(List.of(fields));
        return builder;
    }

    /**
     * A front's own form of these fields. The last one made is kept, so that headers that are answered again and again
     * are converted once.
     *
     * @param type of the form
     * @param conversion makes it
     */
    public <T> T as(Class<T> type, Function<Headers, T> conversion) {
        Object known = converted;
        if (type.isInstance(known)) return type.cast(known);
        T made = conversion.apply(this);
        converted = made;
        return made;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    /** Collects fields. */
    public static final class Builder {

        private final List<String> fields = new ArrayList<>();

        private Builder() {}

        /** One more field. */
        public Builder add(String name, String value) {
            fields.add(name);
            fields.add(value);
            return this;
        }

        /** One field of that name, in place of those that there are. */
        public Builder set(String name, String value) {
            String lower = name.toLowerCase(Locale.ROOT);
            for (int i = fields.size() - 2; i >= 0; i -= 2) {
                if (fields.get(i).toLowerCase(Locale.ROOT).equals(lower))
                    fields.subList(i, i + 2).clear();
            }
            return add(name, value);
        }

        /** The fields. */
        public Headers build() {
            return new Headers(fields.toArray(String[]::new));
        }
    }
}
