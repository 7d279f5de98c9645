package dev.kitbridge.server.internal.workers;

import dev.kitbridge.server.internal.link.Frame;
import dev.kitbridge.server.internal.link.Link;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Sends a request's body to a worker, as fast as the app reads it. */
final class Upload implements Flow.Subscriber<ByteBuffer> {

    private final int id;
    private final Link link;
    private final ReentrantLock lock = new ReentrantLock();

    private Flow.@Nullable Subscription subscription;
    private long credit = Frame.WINDOW;
    /** Whether a buffer has been requested and has not arrived; at most one is requested at a time. */
    private boolean requested;
    /** Whether a thread is within {@link #demand}: a source may call {@link #onNext} within {@code request}. */
    private boolean requesting;

    private boolean ended;

    Upload(int id, Link link) {
        this.id = id;
        this.link = link;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        boolean cancelled;
        lock.lock();
        try {
            this.subscription = subscription;
            cancelled = ended;
        } finally {
            lock.unlock();
        }
        if (cancelled) subscription.cancel();
        else demand();
    }

    /** Sends a buffer even if it exceeds the remaining credit; the next one then waits. */
    @Override
    public void onNext(ByteBuffer content) {
        lock.lock();
        try {
            requested = false;
            credit -= content.remaining();
            if (ended) return;
        } finally {
            lock.unlock();
        }
        while (content.remaining() > Frame.WINDOW) {
            ByteBuffer part = content.slice(content.position(), Frame.WINDOW);
            content.position(content.position() + Frame.WINDOW);
            link.send(Frame.data(id, part));
        }
        link.send(Frame.data(id, content));
        demand();
    }

    @Override
    public void onError(Throwable error) {
        if (stop()) link.send(Frame.text(Frame.RESET, id, String.valueOf(error.getMessage())));
    }

    @Override
    public void onComplete() {
        if (stop()) link.send(Frame.empty(Frame.END, id));
    }

    void credit(int bytes) {
        lock.lock();
        try {
            credit += bytes;
        } finally {
            lock.unlock();
        }
        demand();
    }

    private void demand() {
        for (Flow.Subscription source = next(); source != null; source = next()) {
            source.request(1);
            lock.lock();
            try {
                requesting = false;
            } finally {
                lock.unlock();
            }
        }
    }

    private Flow.@Nullable Subscription next() {
        lock.lock();
        try {
            if (subscription == null || requesting || requested || ended || credit <= 0) return null;
            requested = true;
            requesting = true;
            return subscription;
        } finally {
            lock.unlock();
        }
    }

    private boolean stop() {
        lock.lock();
        try {
            boolean first = !ended;
            ended = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** Called when the app has answered, or the request is cancelled. */
    void end() {
        if (!stop()) return;
        Flow.Subscription source;
        lock.lock();
        try {
            source = subscription;
        } finally {
            lock.unlock();
        }
        if (source != null) source.cancel();
    }
}
