package dev.kitbridge.services;

/** The items of a result that is a stream. It sends no more bytes than the worker has given credit for. */
abstract class Items {

    /** Limit of bytes in flight. Results of the worker's other calls queue behind them. */
    static final int WINDOW = 64 * 1024;

    private final ActiveCall call;

    /** Bytes that may be sent now; negative after an item larger than the credit. */
    private long window = WINDOW;

    private boolean cancelled;

    Items(ActiveCall call) {
        this.call = call;
    }

    /** Sends an item. Returns whether another one may be sent. */
    final boolean send(Object item) throws CallException {
        Values.Payload payload = call.write(item, "an item of the result of ");
        // before it is sent, since credit for it may arrive at once
        synchronized (this) {
            window -= payload.length();
        }
        call.send(payload.frame(ServiceFrame.ITEM, call.id()));
        synchronized (this) {
            return window > 0 && !cancelled;
        }
    }

    final synchronized boolean isOpen() {
        return window > 0;
    }

    /**
     * Adds credit for bytes that the worker has read.
     *
     * @throws IllegalArgumentException if the credit exceeds the sent bytes
     */
    final void credit(int bytes) {
        synchronized (this) {
            boolean paused = window <= 0;
            if (bytes <= 0 || window + bytes > WINDOW) {
                throw new IllegalArgumentException("invalid credit of " + bytes + " bytes");
            }
            window += bytes;
            if (!paused || window <= 0 || cancelled) return;
        }
        resume();
    }

    /** Sends no more items; {@link #stop} then stops their source. */
    final synchronized void cancel() {
        cancelled = true;
    }

    final synchronized boolean isCancelled() {
        return cancelled;
    }

    final ActiveCall call() {
        return call;
    }

    /** Resumes after a pause for lack of credit. */
    abstract void resume();

    /** Returns whether {@link #stop} has nothing to do. */
    abstract boolean isStopped();

    /** Stops the source of the items after {@link #cancel}; may be called more than once. */
    abstract void stop();
}
