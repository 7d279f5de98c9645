package dev.kitbridge.services;

import dev.kitbridge.server.RequestContexts;
import dev.kitbridge.server.ServiceLimits;
import dev.kitbridge.server.internal.link.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one worker. Nothing that it sends is trusted: a worker that breaks the protocol loses its connection.
 */
final class Connection implements Link.Receiver {

    /** Limit of open requests; a worker has far fewer. */
    private static final int MAX_REQUESTS = 10_000;

    /** Unread bytes at which further calls of the worker are rejected. */
    private static final long UNREAD_LIMIT = 64 << 20;

    /** Unread bytes at which the connection is closed. */
    private static final long UNREAD_MAX = 256 << 20;

    private final Link link;
    private final ServiceConnections connections;
    private final RequestContexts requests;
    /** Whether the client has sent its version; only the link's thread uses this field. */
    private boolean greeted;

    /** The page cache of the client, if it has one; only the link's thread uses this field. */
    private @Nullable PageCacheClient pageCache;

    private final Map<Integer, RequestScope> scopes = new ConcurrentHashMap<>();
    private final Map<Integer, ActiveCall> calls = new ConcurrentHashMap<>();

    Connection(Link link, ServiceConnections connections, RequestContexts requests) {
        this.link = link;
        this.connections = connections;
        this.requests = requests;
    }

    /** Serves the worker until it disconnects. Throws if it breaks the protocol. */
    void run() throws IOException {
        try {
            link.receive(this);
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage() == null ? "a frame is truncated" : e.getMessage(), e);
        } finally {
            link.close();
            if (pageCache != null) connections.pageCaches().remove(pageCache);
            for (ActiveCall call : List.copyOf(calls.values())) call.abort(null);
        }
    }

    @Override
    public void frame(byte type, int id, ByteBuffer payload) throws IOException {
        if (!greeted) {
            greet(type, payload);
            return;
        }
        switch (type) {
            case ServiceFrame.OPEN -> open(id, payload);
            case ServiceFrame.CALL -> call(id, payload);
            case ServiceFrame.CANCEL -> {
                ActiveCall call = calls.get(id);
                if (call != null) call.abort(null);
            }
            case ServiceFrame.CREDIT -> {
                int bytes = payload.getInt();
                ActiveCall call = calls.get(id);
                if (call != null) call.credit(bytes);
            }
            case ServiceFrame.CLOSE -> close(id, payload.hasRemaining());
            case ServiceFrame.REVALIDATED -> {
                if (pageCache == null) throw new IOException("it has no page cache, and revalidated pages");
                pageCache.confirm(id, payload);
            }
            default -> throw new IOException("unknown frame type " + type);
        }
    }

    /** Checks the first frame, which has the version of the client. */
    private void greet(byte type, ByteBuffer payload) throws IOException {
        int version = type == ServiceFrame.HELLO && payload.remaining() >= 4 ? payload.getInt() : 0;
        if (version != ServiceFrame.VERSION) {
            throw new IOException("it uses version " + version + " of the services protocol, expected "
                    + ServiceFrame.VERSION + "; build the app with the version of Kitbridge that the server has");
        }
        greeted = true;
        if (!payload.hasRemaining()) return;
        pageCache = new PageCacheClient(this::send);
        connections.pageCaches().add(pageCache);
    }

    @Override
    public void tooLarge(byte type, int id, int length) throws IOException {
        if (!greeted || type != ServiceFrame.CALL)
            throw new IOException("a frame of type " + type + " has " + length + " bytes");
        PlatformServices services = connections.current();
        ServiceLimits limits = services == null ? ServiceLimits.DEFAULT : services.limits();
        String message = "It was not called: its arguments have about " + length + " bytes as JSON; expected "
                + limits.argumentBytes() + " at most";
        fail(id, new CallException(CallException.LIMIT, message));
    }

    private void open(int id, ByteBuffer payload) throws IOException {
        if (scopes.size() >= MAX_REQUESTS) throw new IOException("more than " + MAX_REQUESTS + " open requests");
        if (scopes.putIfAbsent(id, RequestScope.of(payload, requests, connections.pageCache())) != null)
            throw new IOException("request " + id + " was opened twice");
    }

    private void close(int id, boolean cancelled) {
        RequestScope scope = scopes.remove(id);
        if (scope == null) return;
        scope.close();
        for (ActiveCall call : calls.values()) {
            if (call.scope() == scope && (cancelled || call.isStream())) call.abort(null);
        }
    }

    private void call(int id, ByteBuffer payload) throws IOException {
        if (link.waiting() > UNREAD_MAX)
            throw new IOException("more than " + (UNREAD_MAX >> 20) + " MiB of results are unread");
        RequestScope scope = scopes.get(payload.getInt());
        if (scope == null) throw new IOException("call " + id + " belongs to no open request");
        if (calls.containsKey(id)) throw new IOException("call " + id + " was sent twice");
        String service = name(payload);
        String method = name(payload);
        byte[] arguments = new byte[payload.remaining()];
        payload.get(arguments);
        try {
            start(id, scope, service, method, arguments);
        } catch (CallException e) {
            fail(id, e);
        }
    }

    private void start(int id, RequestScope scope, String service, String method, byte[] arguments)
            throws CallException {
        PlatformServices services = connections.current();
        if (services == null) {
            throw new CallException(
                    CallException.FAILED, "The services could not be started; the server's log has the details");
        }
        ServiceLimits limits = services.limits();
        String exceeded = exceededLimit(scope, arguments.length, limits);
        if (exceeded != null) throw CallException.limit(service + "." + method, exceeded);
        Operation operation = services.service(service).operation(method, arguments);
        Permit permit = connections.permits().acquire(operation, limits.calls());
        ActiveCall call = new ActiveCall(this, id, scope, services, operation, permit);
        scope.calls.incrementAndGet();
        calls.put(id, call);
        call.start(arguments);
    }

    private @Nullable String exceededLimit(RequestScope scope, int bytes, ServiceLimits limits) {
        if (bytes > limits.argumentBytes()) {
            return "its arguments have " + bytes + " bytes as JSON; expected " + limits.argumentBytes() + " at most";
        }
        if (scope.calls.get() >= limits.callsPerRequest()) {
            return limits.callsPerRequest()
                    + " calls of this request are running already; await some of them first, or raise the limit";
        }
        if (link.waiting() > UNREAD_LIMIT) return "the worker has not read the results of earlier calls";
        return null;
    }

    private void fail(int id, CallException error) {
        send(ServiceFrame.json(ServiceFrame.ERROR, id, error.json()));
    }

    /** Reads a name that ends with NUL. */
    private static String name(ByteBuffer payload) throws IOException {
        int start = payload.position();
        for (int i = start; i < payload.limit() && i - start <= 200; i++) {
            if (payload.get(i) != 0) continue;
            byte[] bytes = new byte[i - start];
            payload.get(bytes).get();
            return new String(bytes, StandardCharsets.UTF_8);
        }
        throw new IOException("a call has no service or method name of at most 200 bytes");
    }

    void send(ByteBuffer frame) {
        link.send(frame);
    }

    /** Removes a call that has ended. */
    void remove(ActiveCall call) {
        if (calls.remove(call.id(), call)) call.scope().calls.decrementAndGet();
    }

    void execute(Runnable task) {
        connections.execute(task);
    }

    ScheduledFuture<?> schedule(Runnable task, long nanos) {
        return connections.schedule(task, nanos);
    }
}
