package dev.kitbridge.spring;

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
import org.jspecify.annotations.Nullable;

/**
 * The requests that the app sends to the application itself while it renders a page ({@code event.fetch('/api/…')}). A
 * secret of the rendered request is their proof; they have its address, scheme, host and user.
 */
final class Loopbacks {

    static final String HEADER = "kitbridge-loopback";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, HttpServletRequest> callers = new ConcurrentHashMap<>();

    /** Opens a way back to the application; returns the secret, for {@link #close}. */
    String open(HttpServletRequest request) {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        String secret = HexFormat.of().formatHex(random);
        callers.put(secret, request);
        return secret;
    }

    static URI url(HttpServletRequest request) {
        // set by containers for TLS connections of their own, and not for those of a proxy
        boolean isTls = request.getAttribute("jakarta.servlet.request.cipher_suite") != null;
        String address = request.getLocalAddr();
        return URI.create((isTls ? "https://" : "http://")
                + (address.contains(":") ? "[" + address.replaceFirst("%.*", "") + "]" : address)
                + ":" + request.getLocalPort());
    }

    void close(String secret) {
        callers.remove(secret);
    }

    /** Returns the request whose page sends this one, or null. */
    @Nullable
    HttpServletRequest caller(HttpServletRequest request) {
        String secret = request.getHeader(HEADER);
        return secret == null ? null : callers.get(secret);
    }

    /** A request with the address, scheme and host of another one, and without the secret. */
    static final class Inner extends HttpServletRequestWrapper {

        private final HttpServletRequest caller;

        Inner(HttpServletRequest request, HttpServletRequest caller) {
            super(request);
            this.caller = caller;
        }

        @Override
        public String getRemoteAddr() {
            return caller.getRemoteAddr();
        }

        @Override
        public String getRemoteHost() {
            return caller.getRemoteHost();
        }

        @Override
        public String getScheme() {
            return caller.getScheme();
        }

        @Override
        public String getServerName() {
            return caller.getServerName();
        }

        @Override
        public int getServerPort() {
            return caller.getServerPort();
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
            if (name.equalsIgnoreCase("host")) return caller.getHeader("host");
            return name.equalsIgnoreCase(HEADER) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            if (name.equalsIgnoreCase("host")) return caller.getHeaders("host");
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
