package dev.kitbridge.services;

import dev.kitbridge.server.ServiceLimits;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that run calls. They are platform threads: as many busy loops as there are cores would block all virtual
 * threads.
 */
final class CallThreads {

    private CallThreads() {}

    /** Returns a pool without a limit of its own: {@link ServiceLimits} limits the calls. */
    static ExecutorService newPool() {
        AtomicInteger count = new AtomicInteger();
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "kitbridge-call-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
