package dev.kitbridge.server.internal.workers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A clock that a test advances; due tasks run on the test's thread. */
final class ManualTime implements Time {

    private record Task(long at, Runnable task) {}

    private final List<Task> tasks = new ArrayList<>();
    private final List<Long> asked = new ArrayList<>();

    private long millis = 1;
    private boolean closed;

    @Override
    public synchronized long nanos() {
        return millis * 1_000_000;
    }

    @Override
    public synchronized void after(long delay, Runnable task) {
        if (closed) return;
        asked.add(delay);
        tasks.add(new Task(millis + delay, task));
    }

    /** Returns the delays of tasks since the last call, except those of health checks and of the head start. */
    synchronized List<Long> asked() {
        List<Long> delays = asked.stream()
                .filter(delay -> delay != WorkerPool.CHECK_MILLIS && delay != Supervisor.HEAD_START_MILLIS)
                .toList();
        asked.clear();
        return delays;
    }

    void pass(long more) {
        long end = nanos() / 1_000_000 + more;
        for (Task next = due(end); next != null; next = due(end)) next.task().run();
        synchronized (this) {
            millis = end;
        }
    }

    private synchronized @org.jspecify.annotations.Nullable Task due(long end) {
        Task first = tasks.stream()
                .filter(task -> task.at() <= end)
                .min(Comparator.comparingLong(Task::at))
                .orElse(null);
        if (first == null) return null;
        tasks.remove(first);
        millis = Math.max(millis, first.at());
        return first;
    }

    @Override
    public synchronized void close() {
        closed = true;
        tasks.clear();
    }
}
