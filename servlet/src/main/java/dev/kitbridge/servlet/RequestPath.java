package dev.kitbridge.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The path of a request as the app sees it. The container has compared its own view of the path with its security
 * constraints; a request for which the two views differ could get a page that a constraint protects.
 */
final class RequestPath {

    private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

    private RequestPath() {}

    /** Returns the path as sent, without the parameter that holds a session's id if it was read from there. */
    static String raw(HttpServletRequest request) {
        String sent = withoutPrefix(request);
        return request.isRequestedSessionIdFromURL() ? sent.replaceAll(";[^/]*", "") : sent;
    }

    /** Replaces a context path that a proxy has named ({@code X-Forwarded-Prefix}) by the application's own. */
    private static String withoutPrefix(HttpServletRequest request) {
        String path = request.getRequestURI();
        String named = request.getContextPath();
        String own = request.getServletContext().getContextPath();
        // containers name their own as it was sent, which may be encoded
        boolean isPrefix = named != null
                && !named.equals(own)
                && PLAIN.matcher(named).matches()
                && normalized(named).equals(named)
                && path.startsWith(named);
        if (!isPrefix) return path;
        String inner = own + path.substring(named.length());
        return inner.isEmpty() ? "/" : inner;
    }

    /** Returns whether the container and the app see the same path. */
    static boolean isUnambiguous(HttpServletRequest request) {
        String app = decoded(normalized(raw(request)));
        if (app == null) return false;
        String container;
        try {
            String info = request.getPathInfo();
            container = request.getServletContext().getContextPath()
                    + request.getServletPath()
                    + (info == null ? "" : info);
        } catch (IllegalArgumentException e) {
            // Jetty's answer to an ambiguous path that its configuration accepts
            return false;
        }
        return app.equals(container) || (app.endsWith("/") && isFileIn(app, container));
    }

    /** Returns whether a path names a file in a folder: Tomcat replaces the path of a folder by its welcome file. */
    private static boolean isFileIn(String folder, String path) {
        return path.startsWith(folder) && path.indexOf('/', folder.length()) < 0;
    }

    /** Removes dot segments as a URL parser does, for which a backslash is a slash and {@code %2e} is a dot. */
    private static String normalized(String path) {
        List<String> segments = new ArrayList<>();
        String[] parts = path.replace('\\', '/').split("/", -1);
        for (int i = 1; i < parts.length; i++) {
            String dots = parts[i].replaceAll("(?i)%2e", ".");
            boolean isLast = i == parts.length - 1;
            if (dots.equals("..") && !segments.isEmpty()) segments.remove(segments.size() - 1);
            if (!dots.equals(".") && !dots.equals("..")) segments.add(parts[i]);
            else if (isLast) segments.add("");
        }
        return "/" + String.join("/", segments);
    }

    /**
     * Decodes a path, except for encoded slashes: to the app, they belong to a segment. Returns null if it is
     * malformed.
     */
    private static @Nullable String decoded(String path) {
        if (path.indexOf('%') < 0) return path;
        byte[] sent = path.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(sent.length);
        for (int i = 0; i < sent.length; i++) {
            if (sent[i] != '%') {
                bytes.put(sent[i]);
                continue;
            }
            if (i + 2 >= sent.length) return null;
            int octet = (Character.digit(sent[i + 1], 16) << 4) | Character.digit(sent[i + 2], 16);
            if (octet < 0) return null;
            if (octet == '/') bytes.put(sent, i, 3);
            else bytes.put((byte) octet);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
