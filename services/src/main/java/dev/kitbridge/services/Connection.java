package dev.kitbridge.services;

import dev.kitbridge.server.ServiceLimits;
import dev.kitbridge.server.link.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/** One worker's calls. What it receives is believed in nothing: a worker that breaks the rules loses its connection. */
final class Connection implements Link.Receiver, Running.Desk {

    /** How many requests may be open; a worker has far fewer. */
    private static final int MOST_SCOPES = 10_000;

    /** Bytes that a worker may leave unread before its calls are refused, and then before it is given up. */
    private static final long UNREAD = 64 << 20;

    private static final long FAR_TOO_MUCH = 256 << 20;

    private final Link link;
    private final ServiceConnections connections;
    private final Map<Integer, Scope> scopes = new ConcurrentHashMap<>();
    private final Map<Integer, Running> calls = new ConcurrentHashMap<>();

    Connection(Link link, ServiceConnections connections) {
        this.link = link;
        this.connections = connections;
    }

    /** Returns when the worker is gone, or has to go. */
    void run() throws IOException {
        try {
            link.receive(this);
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage() == null ? "a frame that is too short" : e.getMessage(), e);
        } finally {
            link.close();
            for (Running call : List.copyOf(calls.values())) call.abort(null);
        }
    }

    @Override
    public void frame(byte type, int id, ByteBuffer payload) throws IOException {
        switch (type) {
            case Message.OPEN -> open(id, payload);
            case Message.CALL -> call(id, payload);
            case Message.CANCEL -> {
                Running call = calls.get(id);
                if (call != null) call.abort(null);
            }
            case Message.CREDIT -> {
                int bytes = payload.getInt();
                Running call = calls.get(id);
                if (call != null) call.credit(bytes);
            }
            case Message.CLOSE -> close(id, payload.hasRemaining());
            default -> throw new IOException("a frame of type " + type);
        }
    }

    @Override
    public void tooLarge(byte type, int id, int length) throws IOException {
        if (type != Message.CALL) throw new IOException("a frame of " + length + " bytes and type " + type);
        PlatformServices services = connections.current();
        ServiceLimits limits = services == null ? ServiceLimits.DEFAULT : services.limits();
        String message = "It was not called: its arguments have about " + length + " bytes as JSON; expected "
                + limits.argumentBytes() + " at most";
        fail(id, new Trouble(Trouble.LIMIT, message));
    }

    private void open(int id, ByteBuffer payload) throws IOException {
        if (scopes.size() >= MOST_SCOPES) throw new IOException(MOST_SCOPES + " requests at once");
        if (scopes.putIfAbsent(id, Scope.of(payload)) != null) throw new IOException("request " + id + " twice");
    }

    private void close(int id, boolean cancelled) {
        Scope scope = scopes.remove(id);
        if (scope == null) return;
        scope.close();
        for (Running call : calls.values()) {
            if (call.scope() == scope && (cancelled || call.isStream())) call.abort(null);
        }
    }

    private void call(int id, ByteBuffer payload) throws IOException {
        if (link.waiting() > FAR_TOO_MUCH) throw new IOException("it does not read what it asked for");
        Scope scope = scopes.get(payload.getInt());
        if (scope == null) throw new IOException("a call of a request that is not open");
        if (calls.containsKey(id)) throw new IOException("call " + id + " twice");
        String service = name(payload);
        String method = name(payload);
        byte[] arguments = new byte[payload.remaining()];
        payload.get(arguments);
        try {
            begin(id, scope, service, method, arguments);
        } catch (Trouble.Refused e) {
            fail(id, e.trouble());
        }
    }

    private void begin(int id, Scope scope, String service, String method, byte[] arguments) throws Trouble.Refused {
        PlatformServices services = connections.current();
        if (services == null) {
            throw new Trouble.Refused(Trouble.FAILED, "The services could not be started; the server's log says why");
        }
        ServiceLimits limits = services.limits();
        String refusal = refusal(scope, arguments.length, limits);
        if (refusal != null) throw refused(service, method, refusal);
        Operation operation = services.service(service).operation(method, arguments);
        refusal = connections.places().take(operation, limits.calls());
        if (refusal != null) throw refused(service, method, refusal);
        Running call = new Running(this, id, scope, services, operation);
        scope.calls.incrementAndGet();
        calls.put(id, call);
        call.begin(arguments);
    }

    private static Trouble.Refused refused(String service, String method, String why) {
        return new Trouble.Refused(Trouble.LIMIT, service + "." + method + " was not called: " + why);
    }

    private @Nullable String refusal(Scope scope, int bytes, ServiceLimits limits) {
        if (bytes > limits.argumentBytes()) {
            return "its arguments have " + bytes + " bytes as JSON; expected " + limits.argumentBytes() + " at most";
        }
        if (scope.calls.get() >= limits.callsPerRequest()) {
            return limits.callsPerRequest()
                    + " calls of this request are under way already; await some of them first, or ask for more at once";
        }
        if (link.waiting() > UNREAD) return "this worker has not read what it asked for before";
        return null;
    }

    private void fail(int id, Trouble trouble) {
        send(Message.json(Message.ERROR, id, trouble.json()));
    }

    /** Up to a NUL. */
    private static String name(ByteBuffer payload) throws IOException {
        int start = payload.position();
        for (int i = start; i < payload.limit() && i - start <= 200; i++) {
            if (payload.get(i) != 0) continue;
            byte[] bytes = new byte[i - start];
            payload.get(bytes).get();
            return new String(bytes, StandardCharsets.UTF_8);
        }
        throw new IOException("a call without a name");
    }

    @Override
    public void send(ByteBuffer frame) {
        link.send(frame);
    }

    @Override
    public void remove(Running call) {
        if (calls.remove(call.id(), call)) call.scope().calls.decrementAndGet();
    }

    @Override
    public void leave(Operation operation) {
        connections.places().leave(operation);
    }

    @Override
    public void execute(Runnable task) {
        connections.execute(task);
    }

    @Override
    public ScheduledFuture<?> after(long nanos, Runnable task) {
        return connections.after(nanos, task);
    }
}
