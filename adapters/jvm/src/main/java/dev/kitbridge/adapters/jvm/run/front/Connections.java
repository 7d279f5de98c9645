package dev.kitbridge.adapters.jvm.run.front;

import dev.kitbridge.adapters.jvm.run.settings.Settings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all connections now and then. Jetty's one timeout of a connection is for requests and for the time between
 * them; here those of {@code KEEP_ALIVE_TIMEOUT} and {@code HEADERS_TIMEOUT} are told apart, without a timer for each
 * request.
 */
final class Connections {

    private static final long MILLIS = 250;

    private static final long DRAINING_MILLIS = 20;

    private static final byte[] TIMEOUT =
            "HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerConnector connector;
    private final Settings.Timeouts timeouts;
    private final Set<Presence> awaited = ConcurrentHashMap.newKeySet();

    /** Heads that are being read, as the last look found them. */
    private Map<HttpConnection, Head> heads = Map.of();

    /**
     * A head that is not complete. The parser belongs to another thread, and tells nothing reliable at any one moment:
     * what counts is that it is found at the same head again and again.
     *
     * @param messages requests of the connection before
     * @param since when it was first seen, in nanoseconds
     */
    private record Head(long messages, long since) {}

    private volatile boolean draining;

    Connections(ServerConnector connector, Settings.Timeouts timeouts) {
        this.connector = connector;
        this.timeouts = timeouts;
    }

    void start() {
        connector.getScheduler().schedule(this::sweep, draining ? DRAINING_MILLIS : MILLIS, TimeUnit.MILLISECONDS);
    }

    /** From now on no connection waits for another request. */
    void drain() {
        draining = true;
        sweep();
    }

    /** The response's callback, for as long as the client is there. */
    Callback await(Request request, @Nullable RequestBody body, Callback callback) {
        if (!(request.getConnectionMetaData() instanceof HttpConnection connection)) return callback;
        if (!(connection.getEndPoint() instanceof AbstractEndPoint endPoint)) return callback;
        Presence presence = new Presence(connection, endPoint, body, callback, this);
        awaited.add(presence);
        return presence;
    }

    void forget(Presence presence) {
        awaited.remove(presence);
    }

    private synchronized void sweep() {
        long now = System.nanoTime();
        for (Presence presence : awaited) presence.look(now);
        Map<HttpConnection, Head> reading = new HashMap<>();
        for (EndPoint endPoint : connector.getConnectedEndPoints()) look(endPoint, now, reading);
        heads = reading;
        if (connector.isRunning()) start();
    }

    private void look(EndPoint endPoint, long now, Map<HttpConnection, Head> reading) {
        Connection connection = endPoint.getConnection();
        EndPoint inner = endPoint;
        if (connection instanceof SslConnection tls) {
            inner = tls.getSslEndPoint();
            connection = inner.getConnection();
        }
        if (!(connection instanceof HttpConnection http)) return;
        HttpParser parser = http.getParser();
        if (parser.isStart()) {
            boolean used = http.getMessagesIn() > 0;
            long idle = ((AbstractEndPoint) endPoint).getIdleFor();
            if (draining || isOver(used ? timeouts.keepAlive() : timeouts.headers(), idle)) endPoint.close();
        } else if (parser.inHeaderState()) {
            Head known = heads.get(http);
            Head head = known != null && known.messages() == http.getMessagesIn()
                    ? known
                    : new Head(http.getMessagesIn(), now);
            reading.put(http, head);
            long since = TimeUnit.NANOSECONDS.toMillis(now - head.since());
            if (isOver(timeouts.headers(), since)) {
                inner.write(Callback.from(endPoint::close, failure -> endPoint.close()), ByteBuffer.wrap(TIMEOUT));
            }
        }
    }

    private static boolean isOver(Duration limit, long millis) {
        return !limit.isZero() && millis > limit.toMillis();
    }
}
