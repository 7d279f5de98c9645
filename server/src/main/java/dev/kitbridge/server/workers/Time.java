package dev.kitbridge.server.workers;

import java.lang.System.Logger.Level;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The clock, and things to do later. */
interface Time extends AutoCloseable {

    /** As {@link System#nanoTime}. */
    long nanos();

    /** Runs a short task once, after that time, unless this is closed by then. */
    void after(long millis, Runnable task);

    /** Forgets what was to be done. */
    @Override
    void close();

    /** That of the machine, with one thread. */
    static Time real() {
        ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "kitbridge-timer");
            thread.setDaemon(true);
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
                    // closed meanwhile
                }
            }

            private void run(Runnable task) {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    System.getLogger(Time.class.getName()).log(Level.ERROR, "A task of the server failed", e);
                } catch (OutOfMemoryError e) {
                    // the executor would keep it to itself, and what was to be done again would not be
                    Thread thread = Thread.currentThread();
                    thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
                }
            }

            @Override
            public void close() {
                timer.shutdownNow();
            }
        };
    }
}
