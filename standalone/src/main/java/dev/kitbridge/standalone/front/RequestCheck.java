package dev.kitbridge.standalone.front;

import dev.kitbridge.standalone.settings.Authority;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Rejects requests that are malformed by the standards and that Jetty accepts. */
final class RequestCheck {

    /** Connection-specific fields, which are malformed in HTTP/2 (RFC 9113, section 8.2.2). */
    private static final List<String> CONNECTION_FIELDS =
            List.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

    /** Characters of a token (RFC 9110, section 5.6.2). */
    private static final String TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~";

    private RequestCheck() {}

    /**
     * Why a request is rejected.
     *
     * @param status of the answer
     * @param text of the answer
     * @param reason for the log
     */
    record Rejection(int status, String text, String reason) {

        static Rejection badRequest(String reason) {
            return new Rejection(400, "Bad Request", reason);
        }
    }

    /**
     * Checks a request.
     *
     * @param stream the request's
     * @param target path and query as they were sent, or null
     * @param host the host that the request names, or null
     * @return null if it is well-formed
     */
    static @Nullable Rejection of(
            Request request, RequestStream stream, @Nullable String target, @Nullable String host) {
        if (target == null || !target.startsWith("/")) {
            return Rejection.badRequest("the target is '" + target + "'; expected a path");
        }
        if (HttpMethod.CONNECT.is(request.getMethod())) return Rejection.badRequest("the server is no proxy: CONNECT");
        boolean http2 = request.getConnectionMetaData().getHttpVersion().getVersion() >= 20;
        Rejection own = http2 ? http2(request, stream, target, host) : http1(request, host);
        if (own != null) return own;
        if (host != null && Authority.parse(host) == null) {
            return Rejection.badRequest(
                    "the host is '" + host + "'; expected a host with or without a port: example.com");
        }
        return null;
    }

    private static @Nullable Rejection http1(Request request, @Nullable String host) {
        if (host == null && request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_0) {
            return Rejection.badRequest("the request names no host");
        }
        HttpURI uri = request.getHttpURI();
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!web || uri.getUser() != null) {
            return Rejection.badRequest("the target is " + uri.getScheme() + "://" + uri.getAuthority()
                    + "; expected http or https, and no user");
        }
        for (HttpField field : request.getHeaders()) {
            if (field.getHeader() != HttpHeader.TRANSFER_ENCODING) continue;
            for (String coding : field.getValueList()) {
                if (coding.equalsIgnoreCase("chunked")) continue;
                // otherwise the app would get the encoded bytes
                return new Rejection(
                        501, "Not Implemented", "the transfer coding is '" + coding + "'; expected chunked");
            }
        }
        return null;
    }

    private static @Nullable Rejection http2(
            Request request, RequestStream stream, String target, @Nullable String host) {
        if (host == null) return Rejection.badRequest("the request has neither :authority nor Host");
        if (!isToken(request.getMethod())) return Rejection.badRequest("the method is '" + request.getMethod() + "'");
        HttpURI uri = request.getHttpURI();
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f) return Rejection.badRequest("the target is not ASCII, or holds a space");
        }
        for (HttpField field : request.getHeaders()) {
            String name = field.getLowerCaseName();
            if (CONNECTION_FIELDS.contains(name)) {
                return Rejection.badRequest("the request has a field '" + name + "', which HTTP/2 does not allow");
            }
            boolean other = field.getHeader() == HttpHeader.HOST
                    && uri.getAuthority() != null
                    && !uri.getAuthority().equals(field.getValue());
            if (other) {
                return Rejection.badRequest(
                        "the host is " + field.getValue() + ", and the authority is " + uri.getAuthority());
            }
        }
        return length(request, stream);
    }

    /** Checks {@code content-length} of a request without a body; Jetty checks it while it reads a body. */
    private static @Nullable Rejection length(Request request, RequestStream stream) {
        String length = request.getHeaders().get(HttpHeader.CONTENT_LENGTH);
        if (length == null) return null;
        boolean digits = !length.isEmpty() && length.chars().allMatch(c -> c >= '0' && c <= '9');
        if (digits && (!stream.isEmpty() || length.chars().allMatch(c -> c == '0'))) return null;
        return Rejection.badRequest("the body's length is '" + length + "', which is not the body's");
    }

    private static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> TOKEN.indexOf(c) >= 0);
    }
}
