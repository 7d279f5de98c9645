package dev.kitbridge.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/**
 * The paths of Vite's own modules in development. No path of the application has them in production, so that its rules
 * cannot know them.
 *
 * @param base the context path of the application and the base path of the app; empty for the root
 */
record ViteModules(String base) {

    /** Virtual modules, packages, sources and kit's generated files, in the app's folder. */
    private static final List<String> PREFIXES =
            List.of("/@", "/node_modules/", "/src/", "/.svelte-kit/", "/__vite", "/__open-in-editor", "/__inspect");

    boolean has(HttpServletRequest request) {
        // as the container reads it, with which the rules compare: /src/../admin is none of Vite's
        String info = request.getPathInfo();
        String path = request.getContextPath() + request.getServletPath() + (info == null ? "" : info);
        if (!path.startsWith(base)) return false;
        String rest = path.substring(base.length());
        return PREFIXES.stream().anyMatch(rest::startsWith);
    }
}
