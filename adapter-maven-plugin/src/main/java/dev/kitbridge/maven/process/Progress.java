package dev.kitbridge.maven.process;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Logs every ten seconds which step runs and its last detail, and measures each step. Steps with a child process that
 * writes output use {@link ChildProcess.Heartbeat} instead.
 */
public final class Progress {

    /**
     * The work of a step.
     *
     * @param <T> the type of its result
     * @param <E> the type of its exception
     */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {

        /** Does the work. */
        T run() throws E;
    }

    private record Step(String name, boolean silent, long begun) {}

    private final Consumer<String> say;
    private final LongSupplier nanoTime;
    private final Consumer<Runnable> later;
    private final Map<String, Duration> times = Collections.synchronizedMap(new LinkedHashMap<>());

    private volatile @Nullable Step running;
    private volatile String detail = "";

    /** @param say logs a line */
    public Progress(Consumer<String> say) {
        this(say, System::nanoTime, Progress::inTenSeconds);
    }

    /** @param later runs a task in ten seconds */
    Progress(Consumer<String> say, LongSupplier nanoTime, Consumer<Runnable> later) {
        this.say = say;
        this.nanoTime = nanoTime;
        this.later = later;
    }

    private static void inTenSeconds(Runnable task) {
        CompletableFuture.delayedExecutor(10, TimeUnit.SECONDS).execute(task);
    }

    /** Runs a step, measures it, and logs its progress. */
    public <T, E extends Exception> T step(String name, Work<T, E> work) throws E {
        return step(new Step(name, false, nanoTime.getAsLong()), work);
    }

    /** Runs a step and measures it; the step logs its own progress. */
    public <T, E extends Exception> T measure(String name, Work<T, E> work) throws E {
        return step(new Step(name, true, nanoTime.getAsLong()), work);
    }

    private <T, E extends Exception> T step(Step step, Work<T, E> work) throws E {
        running = step;
        detail = "";
        if (!step.silent()) later.accept(() -> tick(step));
        try {
            return work.run();
        } finally {
            running = null;
            times.merge(step.name(), Duration.ofNanos(nanoTime.getAsLong() - step.begun()), Duration::plus);
        }
    }

    private void tick(Step step) {
        if (!step.equals(running)) return;
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - step.begun());
        say.accept(step.name() + " is still running after " + seconds + " s" + (detail.isEmpty() ? "" : ": " + detail));
        later.accept(() -> tick(step));
    }

    /** Sets the detail of the running step. */
    public void at(String detail) {
        this.detail = detail;
    }

    /** Returns the duration of each step, in order. */
    public Map<String, Duration> times() {
        return new LinkedHashMap<>(times);
    }
}
