package dev.kitbridge.services;

import dev.kitbridge.server.ServiceLimits;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that calls run on. Not virtual ones: of those, as many calls as there are cores stop all others by looping.
 */
final class Pool {

    private Pool() {}

    /** Of any size: how many calls there may be is said by {@link ServiceLimits}. */
    static ExecutorService make() {
        AtomicInteger count = new AtomicInteger();
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "kitbridge-call-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
