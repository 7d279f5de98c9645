package dev.kitbridge.services;

import dev.kitbridge.server.link.Frame;
import java.lang.System.Logger.Level;
import java.util.Iterator;
import java.util.stream.BaseStream;

/** Items of a {@link java.util.stream.Stream}. It takes a thread only while it makes items that are wanted. */
final class StreamItems extends Items {

    private static final System.Logger LOG = System.getLogger(StreamItems.class.getName());

    private final BaseStream<?, ?> stream;
    private final Iterator<?> iterator;

    /** Whether a thread is at it. */
    private boolean busy;

    private boolean closed;

    StreamItems(Running call, BaseStream<?, ?> stream) {
        super(call);
        this.stream = stream;
        this.iterator = stream.iterator();
    }

    /** On a thread of a call. */
    void run() throws Exception {
        if (!begin()) return;
        try {
            do {
                if (!make()) {
                    finish();
                    return;
                }
            } while (!pause());
        } catch (Throwable e) {
            finish();
            throw e;
        }
    }

    private synchronized boolean begin() {
        if (busy || closed) return false;
        busy = true;
        return true;
    }

    /** @return whether there will be more */
    private boolean make() throws Exception {
        boolean more = true;
        while (more && isOpen() && !isCancelled()) {
            call().arm();
            if (!iterator.hasNext()) {
                finish();
                call().finish(Frame.empty(Message.END, call().id()));
                return false;
            }
            more = send(iterator.next());
        }
        call().disarm();
        return !isCancelled();
    }

    /** @return whether there is nothing to do; if so, whoever changes that begins again */
    private synchronized boolean pause() {
        busy = isOpen() || isCancelled();
        return !busy;
    }

    @Override
    void proceed() {
        synchronized (this) {
            if (busy || closed) return;
        }
        call().execute(this::run);
    }

    @Override
    synchronized boolean isStopped() {
        return closed;
    }

    @Override
    void stop() {
        synchronized (this) {
            // who is at it sees to it
            if (busy || closed) return;
            closed = true;
        }
        close();
    }

    /** Frees what the stream holds: files, connections to a database. */
    private void finish() {
        synchronized (this) {
            if (closed) return;
            closed = true;
            busy = false;
        }
        close();
    }

    private void close() {
        try {
            stream.close();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The stream of " + call().name() + " could not be closed", e);
        }
    }
}
