package dev.kitbridge.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * HTTP header fields in order. Names are case-insensitive and may occur several times. Immutable; modelled on the Fetch
 * standard's {@code Headers}.
 */
public final class Headers {

    /** No fields. */
    public static final Headers EMPTY = new Headers(new String[0]);

    private final String[] fields;

    private Headers(String[] fields) {
        this.fields = fields;
    }

    /**
     * Returns fields from alternating names and values.
     *
     * @throws IllegalArgumentException if a value is missing
     */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("the last name has no value: " + List.of(namesAndValues));
        }
        return new Headers(namesAndValues.clone());
    }

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the first value of that name, or null. */
    public @Nullable String first(String name) {
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) return fields[i + 1];
        }
        return null;
    }

    /** Returns all values of a list field joined with commas, or null; several lines mean the same as one. */
    public @Nullable String joined(String name) {
        String first = null;
        for (int i = 0; i < fields.length; i += 2) {
            if (!fields[i].equalsIgnoreCase(name)) continue;
            if (first != null) return String.join(", ", all(name));
            first = fields[i + 1];
        }
        return first;
    }

    /** Returns all values of that name, in order. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) values.add(fields[i + 1]);
        }
        return values;
    }

    /** Calls the action with each name and value, in order. */
    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < fields.length; i += 2) action.accept(fields[i], fields[i + 1]);
    }

    /** Returns the number of fields. */
    public int size() {
        return fields.length / 2;
    }

    /** Returns a builder that begins with these fields. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.fields.addAll(List.of(fields));
        return builder;
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

        /** Adds a field. */
        public Builder add(String name, String value) {
            fields.add(name);
            fields.add(value);
            return this;
        }

        /** Sets a field, in place of all fields of that name. */
        public Builder set(String name, String value) {
            String lower = name.toLowerCase(Locale.ROOT);
            for (int i = fields.size() - 2; i >= 0; i -= 2) {
                if (fields.get(i).toLowerCase(Locale.ROOT).equals(lower))
                    fields.subList(i, i + 2).clear();
            }
            return add(name, value);
        }

        /** Returns the fields. */
        public Headers build() {
            return new Headers(fields.toArray(String[]::new));
        }
    }
}
