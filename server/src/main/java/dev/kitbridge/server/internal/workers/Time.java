package dev.kitbridge.server.internal.workers;

import java.lang.System.Logger.Level;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A clock and a timer. */
interface Time extends AutoCloseable {

    /** Returns the time as {@link System#nanoTime} does. */
    long nanos();

    /** Runs a short task once after a delay, unless the timer is closed by then. */
    void after(long millis, Runnable task);

    /** Cancels the tasks that have not run yet, and waits for a running one. */
    @Override
    void close();

    /** Returns the system clock, and a timer with one thread. */
    static Time real() {
        AtomicReference<Thread> running = new AtomicReference<>();
        ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "kitbridge-timer");
            thread.setDaemon(true);
            running.set(thread);
            return thread;
        });
        return new Time() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void after(long millis, Runnable task) {
                try {
                    timer.schedule(() -> run(task), millis, TimeUnit.MILLISECONDS);
                } catch (RejectedExecutionException e) {
                    // the timer was closed
                }
            }

            private void run(Runnable task) {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    System.getLogger(Time.class.getName()).log(Level.ERROR, "A task of the server failed", e);
                } catch (OutOfMemoryError e) {
                    // the executor would drop the error silently, and periodic tasks would stop
                    Thread thread = Thread.currentThread();
                    thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
                }
            }

            @Override
            public void close() {
                timer.shutdownNow();
                if (running.get() == Thread.currentThread()) return;
                try {
                    timer.awaitTermination(1, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }
}
