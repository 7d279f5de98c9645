package org.example.faults;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

public final class Right implements Quick {

    private static final List<MemoryPoolMXBean> HEAP = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();

    @Override
    public List<Row> rows(int count) {
        return LongStream.range(0, count).mapToObj(id -> new Row(id, "A chair of oak", 129.5)).toList();
    }

    @Override
    public Figures figures() {
        Map<Thread, StackTraceElement[]> all = Thread.getAllStackTraces();
        return new Figures(
                mib(pool -> pool.getPeakUsage().getUsed()),
                mib(pool -> pool.getUsage().getUsed()),
                ManagementFactory.getThreadMXBean().getPeakThreadCount(),
                (int) all.keySet().stream().filter(thread -> thread.getName().startsWith("kitbridge-call-")).count(),
                (int) all.values().stream().filter(Right::isFaulty).count(),
                Wrong.OPEN.get());
    }

    private static long mib(ToLongFunction<MemoryPoolMXBean> bytes) {
        return HEAP.stream().mapToLong(bytes).sum() >> 20;
    }

    private static boolean isFaulty(StackTraceElement[] frames) {
        return Arrays.stream(frames).anyMatch(frame -> frame.getClassName().equals(Wrong.class.getName()));
    }

    @Override
    public void reset() {
        System.gc();
        HEAP.forEach(MemoryPoolMXBean::resetPeakUsage);
        ManagementFactory.getThreadMXBean().resetPeakThreadCount();
    }
}
