package dev.kitbridge.server.internal.cache;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses a dictionary of RFC 9651 as far as cache directives need it. */
final class StructuredDictionary {

    private static final Pattern KEY = Pattern.compile("[a-z*][a-z0-9_.*-]*");

    private static final String STRING = "\"(?:[\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\"\\\\])*\"";

    private static final String DISPLAY_STRING = "%\"(?:[\\x20-\\x21\\x23-\\x24\\x26-\\x7e]|%[0-9a-f]{2})*\"";

    private static final String NUMBER = "-?\\d{1,15}(?:\\.\\d{1,3})?";

    private static final Pattern ITEM = Pattern.compile(STRING + "|" + DISPLAY_STRING + "|" + NUMBER
            + "|@-?\\d{1,15}|[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*|:[A-Za-z0-9+/=]*:|\\?[01]");

    private final String text;
    private int at;

    private StructuredDictionary(String text) {
        this.text = text;
    }

    /**
     * Returns the members by name: integers as digits, an empty text for true, without those that are false, and a
     * question mark for any other value, which no directive has. Parameters are ignored. Returns null if the text is no
     * dictionary.
     */
    static @Nullable Map<String, String> parse(String field) {
        StructuredDictionary parser = new StructuredDictionary(field.strip());
        Map<String, String> members = new LinkedHashMap<>();
        return parser.text.isEmpty() || parser.members(members) ? members : null;
    }

    private boolean members(Map<String, String> members) {
        while (true) {
            String key = next(KEY);
            if (key == null) return false;
            String value = take('=') ? value() : "?1";
            if (value == null || !parameters()) return false;
            // the last one counts
            if (value.equals("?0")) members.remove(key);
            else members.put(key, value.equals("?1") ? "" : value.matches("\\d+") ? value : "?");
            spaces();
            if (at == text.length()) return true;
            if (!take(',')) return false;
            spaces();
        }
    }

    private @Nullable String value() {
        return take('(') ? innerList() : next(ITEM);
    }

    private @Nullable String innerList() {
        while (true) {
            while (take(' ')) {}
            if (take(')')) return "list";
            if (next(ITEM) == null || !parameters()) return null;
        }
    }

    private boolean parameters() {
        while (take(';')) {
            while (take(' ')) {}
            if (next(KEY) == null || (take('=') && next(ITEM) == null)) return false;
        }
        return true;
    }

    private void spaces() {
        while (take(' ') || take('\t')) {}
    }

    private boolean take(char c) {
        if (at >= text.length() || text.charAt(at) != c) return false;
        at++;
        return true;
    }

    private @Nullable String next(Pattern pattern) {
        Matcher match = pattern.matcher(text).region(at, text.length());
        if (!match.lookingAt()) return null;
        at = match.end();
        return match.group();
    }
}
