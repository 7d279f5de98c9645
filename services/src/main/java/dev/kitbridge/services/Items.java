package dev.kitbridge.services;

/** Items of a stream on their way; no more than the other side has given credit for. */
abstract class Items {

    /** Bytes that may be on the way: what is sent meanwhile for other calls of the worker waits behind them. */
    static final int WINDOW = 64 * 1024;

    private final Running call;

    /** Bytes that may be sent; less than nothing after an item that was larger. */
    private long window = WINDOW;

    private boolean cancelled;

    Items(Running call) {
        this.call = call;
    }

    /** @return whether one more may be sent */
    final boolean send(Object item) throws Trouble.Refused {
        Values.Payload payload = call.write(item, "an item of the result of ");
        // before it is sent: credit for it may come at once
        synchronized (this) {
            window -= payload.length();
        }
        call.send(payload.frame(Message.ITEM, call.id()));
        synchronized (this) {
            return window > 0 && !cancelled;
        }
    }

    final synchronized boolean isOpen() {
        return window > 0;
    }

    /** @throws IllegalArgumentException if that is more than was sent */
    final void credit(int bytes) {
        synchronized (this) {
            boolean waited = window <= 0;
            if (bytes <= 0 || window + bytes > WINDOW) {
                throw new IllegalArgumentException("credit of " + bytes + " bytes");
            }
            window += bytes;
            if (!waited || window <= 0 || cancelled) return;
        }
        proceed();
    }

    /** Nobody wants more; {@link #stop} says so to whoever makes it. */
    final synchronized void cancel() {
        cancelled = true;
    }

    final synchronized boolean isCancelled() {
        return cancelled;
    }

    final Running call() {
        return call;
    }

    /** There is credit again. */
    abstract void proceed();

    /** Whether {@link #stop} has nothing to do. */
    abstract boolean isStopped();

    /** It was cancelled; may be called more than once. */
    abstract void stop();
}
