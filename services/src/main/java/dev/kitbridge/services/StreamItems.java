package dev.kitbridge.services;

import dev.kitbridge.server.internal.link.Frame;
import java.lang.System.Logger.Level;
import java.util.Iterator;
import java.util.stream.BaseStream;

/** Items of a {@link java.util.stream.Stream}. It holds a thread only while there is credit. */
final class StreamItems extends Items {

    private static final System.Logger LOG = System.getLogger(StreamItems.class.getName());

    private final BaseStream<?, ?> stream;
    private final Iterator<?> iterator;

    /** Whether a thread reads the stream. */
    private boolean busy;

    private boolean closed;

    StreamItems(ActiveCall call, BaseStream<?, ?> stream) {
        super(call);
        this.stream = stream;
        this.iterator = stream.iterator();
    }

    /** Sends items until the stream ends or the credit is used up. */
    void run() throws Exception {
        if (!acquire()) return;
        try {
            do {
                if (!sendAvailable()) {
                    finish();
                    return;
                }
            } while (!pause());
        } catch (Throwable e) {
            finish();
            throw e;
        }
    }

    /** Marks the stream as busy. Returns false if another thread reads it, or it is closed. */
    private synchronized boolean acquire() {
        if (busy || closed) return false;
        busy = true;
        return true;
    }

    /** Sends items while there is credit. Returns false at the end of the stream, or if the call is cancelled. */
    private boolean sendAvailable() throws Exception {
        boolean more = true;
        while (more && isOpen() && !isCancelled()) {
            call().startTimeout();
            if (!iterator.hasNext()) {
                finish();
                call().finish(Frame.empty(ServiceFrame.END, call().id()));
                return false;
            }
            more = send(iterator.next());
        }
        call().stopTimeout();
        return !isCancelled();
    }

    /**
     * Releases the stream if there is no credit. Returns whether the thread returns: the next credit starts another
     * one.
     */
    private synchronized boolean pause() {
        busy = isOpen() || isCancelled();
        return !busy;
    }

    @Override
    void resume() {
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
            // the thread that reads the stream closes it
            if (busy || closed) return;
            closed = true;
        }
        close();
    }

    /** Closes the stream, which releases its files or database connections. */
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
