package dev.kitbridge.spring;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsUtils;

/**
 * A request in the form in which Spring's handlers are asked whether one is mapped to it: the request for the data of a
 * page has the path of the page, and a CORS preflight the method that it asks for.
 */
final class LookupRequest extends AttributesOverlay {

    private final String dataSuffix;
    private final boolean isPreflight;

    LookupRequest(HttpServletRequest request) {
        super(request);
        this.dataSuffix = AppRequest.dataSuffix(request.getRequestURI());
        this.isPreflight = CorsUtils.isPreFlightRequest(request);
    }

    boolean isForData() {
        return !dataSuffix.isEmpty();
    }

    private String page(String path) {
        if (dataSuffix.isEmpty() || !path.endsWith(dataSuffix)) return path;
        String page = path.substring(0, path.length() - dataSuffix.length());
        return page.isEmpty() ? "/" : page;
    }

    @Override
    public String getRequestURI() {
        return page(super.getRequestURI());
    }

    @Override
    public String getServletPath() {
        return page(super.getServletPath());
    }

    @Override
    public @Nullable String getPathInfo() {
        String info = super.getPathInfo();
        return info == null ? null : page(info);
    }

    @Override
    public String getMethod() {
        return isPreflight ? super.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) : super.getMethod();
    }

    @Override
    public @Nullable String getHeader(String name) {
        // without its origin, no handler takes the request for a preflight
        return isPreflight && name.equalsIgnoreCase(HttpHeaders.ORIGIN) ? null : super.getHeader(name);
    }
}
