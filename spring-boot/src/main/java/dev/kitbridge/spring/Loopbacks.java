package dev.kitbridge.spring;

import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.servlet.ServletFront;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests that the app sends to the application itself while it renders a page ({@code event.fetch('/api/…')}). A
 * secret of the rendered request is their proof; they have its address, scheme, host and user.
 */
final class Loopbacks {

    static final String HEADER = "kitbridge-loopback";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, Caller> callers = new ConcurrentHashMap<>();
    private final List<InnerRequestCustomizer> customizers;

    Loopbacks(List<InnerRequestCustomizer> customizers) {
        this.customizers = List.copyOf(customizers);
    }

    /**
     * The facts about a rendered request. The container may use the request itself for another client, while the app
     * still renders the page in the background.
     */
    private record Caller(
            String address,
            String scheme,
            String name,
            int port,
            boolean isSecure,
            List<String> hosts,
            List<Consumer<HttpServletRequest>> customizers) {}

    /** Returns the way back to the application for a request that the app renders. */
    RespondOptions.Loopback to(HttpServletRequest rendered) {
        URI url = url(rendered);
        Caller caller = new Caller(
                rendered.getRemoteAddr(),
                rendered.getScheme(),
                rendered.getServerName(),
                rendered.getServerPort(),
                rendered.isSecure(),
                Collections.list(rendered.getHeaders("host")),
                customizers.stream().map(each -> each.of(rendered)).toList());
        return new RespondOptions.Loopback() {
            @Override
            public URI url() {
                return url;
            }

            @Override
            public Map<String, String> begin() {
                byte[] random = new byte[16];
                RANDOM.nextBytes(random);
                String secret = HexFormat.of().formatHex(random);
                callers.put(secret, caller);
                return Map.of(HEADER, secret);
            }

            @Override
            public void end(Map<String, String> headers) {
                callers.remove(headers.get(HEADER));
            }
        };
    }

    private static URI url(HttpServletRequest request) {
        // set by containers for TLS connections of their own, and not for those of a proxy
        boolean isTls = request.getAttribute("jakarta.servlet.request.cipher_suite") != null;
        String address = request.getLocalAddr();
        return URI.create((isTls ? "https://" : "http://")
                + (address.contains(":") ? "[" + address.replaceFirst("%.*", "") + "]" : address)
                + ":" + request.getLocalPort());
    }

    /** Returns the request as the application has to see it if the app has sent it, or null. */
    @Nullable
    HttpServletRequest inner(HttpServletRequest request) {
        String secret = request.getHeader(HEADER);
        Caller caller = secret == null ? null : callers.get(secret);
        if (caller == null) return null;
        HttpServletRequest inner = new Inner(request, caller);
        for (Consumer<HttpServletRequest> each : caller.customizers()) each.accept(inner);
        return inner;
    }

    /** A request with the address, scheme and host of another one, and without the secret. */
    private static final class Inner extends HttpServletRequestWrapper {

        private final Caller caller;

        Inner(HttpServletRequest request, Caller caller) {
            super(request);
            this.caller = caller;
        }

        @Override
        public String getRemoteAddr() {
            return caller.address();
        }

        @Override
        public String getRemoteHost() {
            return caller.address();
        }

        @Override
        public String getScheme() {
            return caller.scheme();
        }

        @Override
        public String getServerName() {
            return caller.name();
        }

        @Override
        public int getServerPort() {
            return caller.port();
        }

        @Override
        public boolean isSecure() {
            return caller.isSecure();
        }

        @Override
        public StringBuffer getRequestURL() {
            return new StringBuffer(ServletFront.origin(this)).append(getRequestURI());
        }

        @Override
        public @Nullable String getHeader(String name) {
            if (name.equalsIgnoreCase("host"))
                return caller.hosts().isEmpty() ? null : caller.hosts().get(0);
            return name.equalsIgnoreCase(HEADER) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            if (name.equalsIgnoreCase("host")) return Collections.enumeration(caller.hosts());
            return name.equalsIgnoreCase(HEADER) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            List<String> names = Collections.list(super.getHeaderNames());
            names.removeIf(HEADER::equalsIgnoreCase);
            return Collections.enumeration(names);
        }
    }
}
