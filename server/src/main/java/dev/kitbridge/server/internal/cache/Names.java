package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Revalidation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/** The names by which pages are revalidated: their path and their tags. */
final class Names {

    /** Stands for the names of all pages. */
    static final String ALL = "*";

    private static final String DATA = "__data.json";

    private Names() {}

    /**
     * Returns the name of a path. A page and its data have the same name, with or without a trailing slash, however
     * characters are escaped, and with or without dot segments: the app may treat these paths as equal.
     *
     * @param path of a URL; a query is ignored
     */
    static String path(String path) {
        String name = withoutDots(decoded(Selector.path(path)));
        if (name.endsWith("/" + DATA) || name.endsWith(".html" + DATA)) {
            name = name.substring(0, name.length() - DATA.length());
        }
        int end = name.length();
        while (end > 1 && name.charAt(end - 1) == '/') end--;
        return name.substring(0, end);
    }

    /** Resolves dot segments, as the worker's {@code URL} does; a backslash is a slash to it. */
    private static String withoutDots(String path) {
        if (path.indexOf('\\') < 0 && !path.contains("/.")) return path;
        Deque<String> segments = new ArrayDeque<>();
        String last = "";
        for (String segment : path.substring(1).replace('\\', '/').split("/", -1)) {
            last = segment;
            if (segment.equals("..")) segments.pollLast();
            else if (!segment.equals(".")) segments.addLast(segment);
        }
        if (last.equals(".") || last.equals("..")) segments.addLast("");
        return "/" + String.join("/", segments);
    }

    /** Returns the name of a tag; no path begins like it. */
    static String tag(String tag) {
        return "#" + tag;
    }

    /** Returns the names of a revalidation, with {@link #ALL} for all pages. */
    static Set<String> of(Revalidation revalidation) {
        Set<String> names = new LinkedHashSet<>();
        for (String path : revalidation.paths()) names.add(path(path));
        for (String tag : revalidation.tags()) names.add(tag(tag));
        if (revalidation.all()) names.add(ALL);
        return names;
    }

    /** Decodes escapes of URLs; an invalid one stays as it is. */
    static String decoded(String text) {
        if (text.indexOf('%') < 0) return text;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
            if (low < 0) {
                bytes.write(raw[i]);
            } else {
                bytes.write(high * 16 + low);
                i += 2;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
