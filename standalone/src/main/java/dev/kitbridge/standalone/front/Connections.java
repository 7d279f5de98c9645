package dev.kitbridge.standalone.front;

import dev.kitbridge.standalone.jetty.Http1Connection;
import dev.kitbridge.standalone.settings.Settings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Enforces the deadlines of connections that wait for their client: TLS handshake, first request, head of a request,
 * next request. One check of all connections every 250 ms replaces a timer for each request. Jetty's idle timeout does
 * not suffice, since each byte resets it. {@link BufferLimit} has the deadlines of request bodies and responses.
 */
final class Connections {

    private static final long MILLIS = 250;

    private static final long DRAINING_MILLIS = 20;

    /** Time for a client to close its HTTP/2 connection after GOAWAY. */
    private static final long GOODBYE_MILLIS = 1000;

    /**
     * Limit of queued HTTP/2 frames. Each stream needs a few; replies to PING and SETTINGS add to them without a
     * stream.
     */
    private static final int MOST_FRAMES = 4096;

    private static final byte[] TIMEOUT =
            "HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerConnector connector;
    private final Settings.Timeouts timeouts;
    private final BufferLimit buffers;
    private final Set<ClientWatch> watches = ConcurrentHashMap.newKeySet();

    /** Connections that wait for their clients, as of the last check. */
    private Map<EndPoint, Waiting> waiting = Map.of();

    private enum Stage {
        /** Waits for the handshake or the first byte; with HTTP/2 for the first request. */
        FIRST,
        /** Waits for the end of a head. */
        HEAD,
        /** Waits for the next request. */
        NEXT
    }

    /**
     * The state of a waiting connection. Another thread owns the parser, so one reading of its state is unreliable: a
     * state counts only if several checks in a row find it.
     *
     * @param which tells one head from the next
     * @param since when it was first seen, in nanoseconds
     */
    private record Waiting(Stage stage, long which, long since) {}

    /** Completes when the last connection is closed; null until connections are drained. */
    private volatile @Nullable CompletableFuture<Void> drained;

    Connections(ServerConnector connector, Settings.Timeouts timeouts, BufferLimit buffers) {
        this.connector = connector;
        this.timeouts = timeouts;
        this.buffers = buffers;
    }

    void start() {
        connector
                .getScheduler()
                .schedule(this::sweep, drained != null ? DRAINING_MILLIS : MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Closes each connection that waits for another request, now and from now on.
     *
     * @return completes when all connections are closed
     */
    CompletableFuture<Void> drain() {
        CompletableFuture<Void> last = new CompletableFuture<>();
        drained = last;
        sweep();
        return last;
    }

    /** Watches whether the client disconnects, and returns the callback to complete the response with. */
    Callback await(Request request, @Nullable RequestBody body, Callback callback) {
        if (!(request.getConnectionMetaData() instanceof Http1Connection connection)) return callback;
        if (!(connection.getEndPoint() instanceof AbstractEndPoint endPoint)) return callback;
        ClientWatch watch = new ClientWatch(connection, endPoint, body, callback, this);
        watches.add(watch);
        return watch;
    }

    void forget(ClientWatch watch) {
        watches.remove(watch);
    }

    private synchronized void sweep() {
        try {
            long now = System.nanoTime();
            for (ClientWatch watch : watches) watch.look(now);
            buffers.look(now);
            Map<EndPoint, Waiting> found = new HashMap<>();
            for (EndPoint endPoint : connector.getConnectedEndPoints()) look(endPoint, now, found);
            waiting = found;
            CompletableFuture<Void> last = drained;
            if (last != null && connector.getConnectedEndPoints().isEmpty()) last.complete(null);
        } catch (RuntimeException e) {
            System.getLogger(Connections.class.getName())
                    .log(System.Logger.Level.ERROR, "Connections could not be checked; the next check follows", e);
        }
        if (connector.isRunning()) start();
    }

    private void look(EndPoint endPoint, long now, Map<EndPoint, Waiting> found) {
        Connection connection = endPoint.getConnection();
        if (connection instanceof SslConnection tls)
            connection = tls.getSslEndPoint().getConnection();
        Waiting seen;
        if (connection instanceof Http1Connection http) seen = http1(http, now);
        else if (connection instanceof HTTP2Connection http) seen = http2(http.getSession(), now);
        else seen = new Waiting(Stage.FIRST, 0, now);
        if (seen == null) return;
        Waiting known = waiting.get(endPoint);
        if (known != null && known.stage() == seen.stage() && known.which() == seen.which()) seen = known;
        found.put(endPoint, seen);
        long millis = TimeUnit.NANOSECONDS.toMillis(now - seen.since());
        if (connection instanceof HTTP2Connection http) end(http.getSession(), seen, millis);
        else if (connection instanceof Http1Connection http) end(http, seen, millis);
        else if (isOver(timeouts.headers(), millis)) cut(endPoint);
    }

    private static @Nullable Waiting http1(Http1Connection http, long now) {
        long messages = http.getMessagesIn();
        if (http.awaitsRequest()) return new Waiting(messages == 0 ? Stage.FIRST : Stage.NEXT, messages, now);
        // Jetty counts a message after its request line
        return http.isInHead() ? new Waiting(Stage.HEAD, http.headBegin(), now) : null;
    }

    /** Jetty does not tell whether a part of a head has arrived. */
    private static @Nullable Waiting http2(HTTP2Session session, long now) {
        if (session.getFrameQueueSize() > MOST_FRAMES) {
            DisconnectReason.FRAMES.record(session.getRemoteSocketAddress());
            session.getEndPoint().close();
            return null;
        }
        if (session.getStreamCount() > 0) return null;
        long opened = session.getStreamsOpened();
        return new Waiting(opened == 0 ? Stage.FIRST : Stage.NEXT, opened, now);
    }

    private void end(Http1Connection http, Waiting seen, long millis) {
        EndPoint endPoint = http.getEndPoint();
        if (seen.stage() == Stage.NEXT) {
            if (drained != null || isOver(timeouts.keepAlive(), millis)) endPoint.close();
        } else if (seen.stage() == Stage.FIRST) {
            if (drained != null) endPoint.close();
            else if (isOver(timeouts.headers(), millis)) cut(endPoint);
        } else if (isOver(timeouts.headers(), millis)) {
            DisconnectReason.HEAD.record(endPoint.getRemoteSocketAddress());
            endPoint.write(Callback.from(endPoint::close, failure -> endPoint.close()), ByteBuffer.wrap(TIMEOUT));
        }
    }

    private void end(HTTP2Session session, Waiting seen, long millis) {
        Duration limit = seen.stage() == Stage.FIRST ? timeouts.headers() : timeouts.nextOfHttp2();
        if (!isOver(limit, millis)) return;
        EndPoint endPoint = session.getEndPoint();
        if (session.isClosed()) {
            if (isOver(limit.plusMillis(GOODBYE_MILLIS), millis)) endPoint.close();
            return;
        }
        if (seen.stage() == Stage.FIRST) DisconnectReason.HEAD.record(endPoint.getRemoteSocketAddress());
        session.close(ErrorCode.NO_ERROR.code, "idle", Callback.NOOP);
    }

    private static void cut(EndPoint endPoint) {
        DisconnectReason.HEAD.record(endPoint.getRemoteSocketAddress());
        endPoint.close();
    }

    private static boolean isOver(Duration limit, long millis) {
        return !limit.isZero() && millis > limit.toMillis();
    }
}
