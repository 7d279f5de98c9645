package dev.kitbridge.adapters.jvm.run;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Environment variables, read with one wording for what is wrong with them.
 *
 * @param values all of them
 * @param prefix what the names of ours begin with, {@code envPrefix}
 */
record Environment(Map<String, String> values, String prefix) {

    /** A value that is not accepted; its message is for the user. */
    static final class Invalid extends RuntimeException {
        private static final long serialVersionUID = 1;

        Invalid(String name, String value, String accepted) {
            super("The environment variable " + name + " is '" + value + "'; it accepts " + accepted);
        }

        Invalid(String message) {
            super(message);
        }
    }

    /** Null where it is not set, or empty. */
    @Nullable
    String text(String name) {
        String value = values.get(prefix + name);
        return value == null || value.isEmpty() ? null : value;
    }

    String text(String name, String otherwise) {
        String value = text(name);
        return value == null ? otherwise : value;
    }

    int number(String name, int otherwise, int least, int most) {
        String value = text(name);
        if (value == null) return otherwise;
        if (value.matches("\\d{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) return number;
        }
        String range = most == Integer.MAX_VALUE ? "a whole number, " + least + " or more" : least + " to " + most;
        throw invalid(name, value, range);
    }

    /** A number of bytes: digits, K, M or G after them, or Infinity. */
    long bytes(String name, long otherwise) {
        String value = text(name);
        if (value == null) return otherwise;
        if (value.equals("Infinity")) return Long.MAX_VALUE;
        if (!value.matches("\\d{1,12}[kKmMgG]?")) {
            throw invalid(name, value, "a number of bytes, one with K, M or G after it, or Infinity");
        }
        char unit = value.toUpperCase(Locale.ROOT).charAt(value.length() - 1);
        int shift = unit == 'K' ? 10 : unit == 'M' ? 20 : unit == 'G' ? 30 : 0;
        String digits = shift == 0 ? value : value.substring(0, value.length() - 1);
        return Long.parseLong(digits) << shift;
    }

    /** Values separated by commas. */
    List<String> list(String name) {
        String value = text(name);
        if (value == null) return List.of();
        return List.of(value.split(",", -1)).stream()
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    Invalid invalid(String name, String value, String accepted) {
        return new Invalid(prefix + name, value, accepted);
    }

    /** With a prefix, every variable that begins with it is ours: another one is a mistake, in it or in the prefix. */
    void expect(Set<String> names) {
        if (prefix.isEmpty()) return;
        for (String name : values.keySet()) {
            if (name.startsWith(prefix) && !names.contains(name.substring(prefix.length()))) {
                throw new Invalid("The environment variable " + name + " begins with envPrefix '" + prefix
                        + "' but is none of " + prefix + String.join(", " + prefix, names)
                        + "; choose another envPrefix, or another name");
            }
        }
    }
}
