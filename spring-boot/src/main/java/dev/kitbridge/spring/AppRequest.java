package dev.kitbridge.spring;

import dev.kitbridge.servlet.ServletFront;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that the app answers, as the application's filters see it. Its body belongs to the app. A filter that asks
 * for parameters, such as one for signing in, gets those of a form, and the app gets the same bytes; all other bodies
 * are empty for filters. SvelteKit's requests for the data of a page have the path of the page: a rule for the page
 * also applies to its data.
 */
final class AppRequest extends HttpServletRequestWrapper {

    private static final String ATTRIBUTE = AppRequest.class.getName();

    /** Suffixes that SvelteKit's client appends to the path of a page. */
    private static final List<String> SUFFIXES = List.of("/__data.json", "/__route.js");

    private final HttpServletRequest original;
    private final String suffix;
    private final FormBody form;
    private @Nullable Map<String, String[]> parameters;

    private AppRequest(HttpServletRequest original) {
        super(original);
        this.original = original;
        this.suffix = suffix(original.getRequestURI());
        this.form = new FormBody(original);
        original.setAttribute(ATTRIBUTE, this);
    }

    static AppRequest begin(HttpServletRequest request) {
        return new AppRequest(request);
    }

    /** Returns the request, or null if the app does not answer it. */
    static @Nullable AppRequest of(ServletRequest request) {
        return (AppRequest) request.getAttribute(ATTRIBUTE);
    }

    private static String suffix(String path) {
        String data = dataSuffix(path);
        if (!data.isEmpty()) return data;
        return path.length() > 1 && path.endsWith("/") ? "/" : "";
    }

    /** Returns what SvelteKit's client has appended to the path of a page; empty if it asks for none. */
    static String dataSuffix(String path) {
        for (String each : SUFFIXES) {
            if (path.endsWith(each)) return each;
            if (path.endsWith(".html" + each.substring(1))) return each.substring(1);
        }
        return "";
    }

    /** Returns the request as the container received it, with its whole body. */
    HttpServletRequest original() {
        return form.replayed();
    }

    /** Returns whether the page's origin sent the request, which a form of another site cannot. */
    boolean isOfOwnOrigin() {
        String origin = original.getHeader("origin");
        return origin != null && origin.equals(ServletFront.origin(original));
    }

    /** Returns whether SvelteKit's client asks for the data of a page. */
    boolean isForData() {
        return suffix.endsWith("__data.json");
    }

    /** Returns whether SvelteKit's client posts a form. */
    boolean isEnhancedForm() {
        return "true".equals(original.getHeader("x-sveltekit-action"));
    }

    boolean acceptsHtml() {
        String accept = original.getHeader("accept");
        return accept != null && accept.contains("text/html");
    }

    /** Returns whether the client wants JSON, and no page. */
    boolean acceptsJsonOnly() {
        String accept = original.getHeader("accept");
        return accept != null
                && accept.contains("json")
                && !accept.contains("text/html")
                && !isForData()
                && !isEnhancedForm();
    }

    private String page(String path) {
        if (!path.endsWith(suffix)) return path;
        String page = path.substring(0, path.length() - suffix.length());
        return page.isEmpty() ? "/" : page;
    }

    @Override
    public String getRequestURI() {
        return page(super.getRequestURI());
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(ServletFront.origin(original)).append(getRequestURI());
    }

    @Override
    public String getServletPath() {
        // the path info follows it, if there is one
        return super.getPathInfo() == null ? page(super.getServletPath()) : super.getServletPath();
    }

    @Override
    public @Nullable String getPathInfo() {
        String info = super.getPathInfo();
        return info == null ? null : page(info);
    }

    @Override
    public @Nullable String getQueryString() {
        String query = super.getQueryString();
        if (query == null || !query.contains("x-sveltekit-")) return query;
        List<String> kept = new ArrayList<>();
        for (String part : query.split("&")) {
            if (!part.startsWith("x-sveltekit-")) kept.add(part);
        }
        return kept.isEmpty() ? null : String.join("&", kept);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> known = parameters;
        if (known != null) return known;
        Map<String, String[]> all = FormBody.parameters(getQueryString(), form.read());
        parameters = all;
        return all;
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = getParameterMap().get(name);
        return values == null || values.length == 0 ? null : values[0];
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return getParameterMap().get(name);
    }

    @Override
    public ServletInputStream getInputStream() {
        return form.stream();
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    @Override
    public Collection<Part> getParts() {
        return List.of();
    }

    @Override
    public @Nullable Part getPart(String name) {
        return null;
    }
}
