package dev.kitbridge.standalone.settings;

import dev.kitbridge.server.StartException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads environment variables; one format for all error messages.
 *
 * @param values all variables
 * @param prefix {@code envPrefix}: prefix of the server's own variables
 */
public record Environment(Map<String, String> values, String prefix) {

    private static final Pattern SIZE = Pattern.compile("\\d{1,9}[kKmMgG]?|\\d{1,18}");

    /** Returns the name with the prefix. */
    public String name(Variable variable) {
        return variable.isPrefixed() ? prefix + variable.name() : variable.name();
    }

    /** Returns the value; null if the variable is unset or empty. */
    public @Nullable String text(Variable variable) {
        String value = values.get(name(variable));
        return value == null || value.isEmpty() ? null : value;
    }

    String text(Variable variable, String otherwise) {
        String value = text(variable);
        return value == null ? otherwise : value;
    }

    int number(Variable variable, int otherwise, int least, int most) {
        String value = text(variable);
        if (value == null) return otherwise;
        if (value.matches("\\d{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) return number;
        }
        String range = most == Integer.MAX_VALUE ? "a whole number, " + least + " or more" : least + " to " + most;
        throw invalid(variable, value, range);
    }

    /** Reads a number of bytes: digits, with K, M or G after them, or Infinity. */
    long bytes(Variable variable, long otherwise) {
        String value = text(variable);
        if (value == null) return otherwise;
        if (value.equals("Infinity")) return Long.MAX_VALUE;
        if (SIZE.matcher(value).matches()) return bytes(value);
        throw invalid(variable, value, "a number of bytes, one with K, M or G after it, or Infinity");
    }

    /** Reads the size of a buffer, 1 to 1G. */
    int buffer(Variable variable, int otherwise) {
        return buffer(variable, otherwise, "1G");
    }

    /**
     * Reads the size of a buffer.
     *
     * @param most the largest number that is accepted, at most 1G
     */
    int buffer(Variable variable, int otherwise, String most) {
        String value = text(variable);
        if (value == null) return otherwise;
        if (SIZE.matcher(value).matches()) {
            long bytes = bytes(value);
            if (bytes >= 1 && bytes <= bytes(most)) return (int) bytes;
        }
        throw invalid(variable, value, "a number of bytes, or one with K, M or G after it, 1 to " + most);
    }

    private static long bytes(String value) {
        char unit = value.toUpperCase(Locale.ROOT).charAt(value.length() - 1);
        int shift = unit == 'K' ? 10 : unit == 'M' ? 20 : unit == 'G' ? 30 : 0;
        String digits = shift == 0 ? value : value.substring(0, value.length() - 1);
        return Long.parseLong(digits) << shift;
    }

    /** Reads values separated by commas. */
    List<String> list(Variable variable) {
        String value = text(variable);
        if (value == null) return List.of();
        return Stream.of(value.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    StartException invalid(Variable variable, String value, String accepted) {
        return new StartException(
                "The environment variable " + name(variable) + " is '" + value + "'; it accepts " + accepted);
    }

    /** Rejects unknown variables with the prefix: either the name or the prefix is a mistake. */
    void expectNoOthers() {
        if (prefix.isEmpty()) return;
        List<String> names = Stream.of(Variable.values())
                .filter(Variable::isPrefixed)
                .map(this::name)
                .toList();
        String others = values.keySet().stream()
                .filter(name -> name.startsWith(prefix) && !names.contains(name))
                .sorted()
                .collect(Collectors.joining(", "));
        if (others.isEmpty()) return;
        throw new StartException("The environment has " + others + ", which begins with envPrefix '" + prefix
                + "' but is none of " + String.join(", ", names) + "; choose another envPrefix, or another name");
    }
}
