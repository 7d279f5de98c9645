package dev.kitbridge.server.workers;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Sends a request's body to the worker, as fast as the app reads it. */
final class Upload implements Flow.Subscriber<ByteBuffer> {

    private final int id;
    private final Link link;
    private final ReentrantLock lock = new ReentrantLock();

    private Flow.@Nullable Subscription subscription;
    private long credit = Frame.WINDOW;
    private boolean asked;
    private boolean ended;

    Upload(int id, Link link) {
        this.id = id;
        this.link = link;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        lock.lock();
        try {
            this.subscription = subscription;
        } finally {
            lock.unlock();
        }
        ask();
    }

    /** A buffer may be larger than the credit that is left; the next one then waits. */
    @Override
    public void onNext(ByteBuffer content) {
        lock.lock();
        try {
            asked = false;
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
        ask();
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
        ask();
    }

    private void ask() {
        Flow.Subscription source;
        lock.lock();
        try {
            source = subscription;
            if (source == null || asked || ended || credit <= 0) return;
            asked = true;
        } finally {
            lock.unlock();
        }
        source.request(1);
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

    /** The app has answered, or will not any more. */
    void end() {
        if (stop() && subscription != null) subscription.cancel();
    }
}
