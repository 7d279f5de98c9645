package dev.kitbridge.standalone.jetty;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * A connection with HTTP/1.1 that keeps the target of each request as it was sent. Jetty rejects paths that it cannot
 * decode; the asset table and kit's router look them up as they are, and kit has an error page for them.
 */
public final class Http1Connection extends HttpConnection {

    /** The target that Jetty gives to a rejected request. */
    public static final String REJECTED_TARGET = "/badMessage";

    /** The target of the current request; HTTP/1.1 has one request at a time. */
    private volatile @Nullable String sent;

    /** The method of a rejected request, for the placeholder that Jetty then creates. */
    private @Nullable String refused;

    Http1Connection(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
        super(configuration, connector, endPoint);
    }

    /** The whole target of the current request as it was sent, rejected ones included; null if it could not be read. */
    public @Nullable String sentTarget() {
        return sent;
    }

    /** Returns whether the connection waits for the first byte of a request. */
    public boolean awaitsRequest() {
        return getParser().isStart();
    }

    /** Returns whether a part of a request's head has arrived. */
    public boolean isInHead() {
        return getParser().inHeaderState() && !getParser().isStart();
    }

    /** Returns when the head of the current request began, as {@link System#nanoTime}. */
    public long headBegin() {
        return getParser().getBeginNanoTime();
    }

    /** Gives Jetty bytes of the next request that were read from the end point while a request is handled. */
    public void unread(ByteBuffer bytes) {
        onUpgradeTo(bytes);
    }

    /** Fails the current request because its client has closed the connection. */
    public void clientGone(Throwable cause) {
        Runnable task = getHttpChannel().onRemoteFailure(cause);
        if (task != null) task.run();
    }

    @Override
    protected HttpStreamOverHTTP1 newHttpStream(String method, String target, HttpVersion version) {
        String known = refused;
        if (known != null && target.equals(REJECTED_TARGET)) {
            refused = null;
            return super.newHttpStream(known, target, version);
        }
        sent = target.equals(REJECTED_TARGET) ? null : target;
        // Jetty's request for a rejected CONNECT would need an authority, and be rejected again
        refused = HttpMethod.CONNECT.is(method) ? null : method;
        if (!isMethod(method)) throw new HttpException.RuntimeException(400, "the method is '" + method + "'");
        boolean plain = true;
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f) throw new HttpException.RuntimeException(400, "the target is not ASCII");
            plain &= c != '%' && c != '#' && c != '.';
        }
        boolean passed = !target.startsWith("/") || plain || isParsed(target);
        HttpStreamOverHTTP1 stream = new WithoutUpgrade(method, passed ? target : "/", version);
        refused = null;
        return stream;
    }

    /** Ignores {@code Upgrade}: Jetty rejects it if {@code Connection} does not name it. The app sees the field. */
    private final class WithoutUpgrade extends HttpStreamOverHTTP1 {

        WithoutUpgrade(String method, String target, HttpVersion version) {
            super(method, target, version);
        }

        @Override
        public void parsedHeader(HttpField field) {
            boolean upgrade = field.getHeader() == HttpHeader.UPGRADE;
            super.parsedHeader(upgrade ? new HttpField(null, field.getName(), field.getValue()) : field);
        }
    }

    /** Returns whether the method has no lower-case letter: the Fetch standard treats {@code get} as GET. */
    private static boolean isMethod(String method) {
        for (int i = 0; i < method.length(); i++) {
            char c = method.charAt(i);
            if (c >= 'a' && c <= 'z') return false;
        }
        return true;
    }

    /** Returns whether Jetty accepts the target: valid encoding, no fragment, no path above the root. */
    private static boolean isParsed(String target) {
        try {
            var uri = org.eclipse.jetty.http.HttpURI.from(target);
            return !uri.hasViolations() && uri.getFragment() == null && uri.getCanonicalPath() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
