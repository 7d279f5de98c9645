package dev.kitbridge.standalone.front;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** Calls an action when no request has been open for a time. Starts after the first request. */
public final class IdleTimer extends Handler.Wrapper {

    private final Duration limit;
    private final Runnable idle;
    private final AtomicInteger requests = new AtomicInteger();

    private volatile Scheduler.@Nullable Task timer;

    /** @param idle the action, called once for each idle period */
    public IdleTimer(Duration limit, Runnable idle) {
        this.limit = limit;
        this.idle = idle;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        requests.incrementAndGet();
        Scheduler.Task waiting = timer;
        if (waiting != null) waiting.cancel();
        return super.handle(request, response, Callback.from(callback, this::ended));
    }

    private void ended() {
        if (requests.decrementAndGet() > 0) return;
        timer = getServer()
                .getScheduler()
                .schedule(
                        () -> {
                            if (requests.get() == 0) idle.run();
                        },
                        limit.toMillis(),
                        TimeUnit.MILLISECONDS);
    }
}
