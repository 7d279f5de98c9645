package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.PageCacheFigures;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the page cache does. */
final class Counters {

    final LongAdder hits = new LongAdder();
    final LongAdder stale = new LongAdder();
    final LongAdder shared = new LongAdder();
    final LongAdder misses = new LongAdder();
    final LongAdder collapsed = new LongAdder();
    final LongAdder stored = new LongAdder();
    final LongAdder evictions = new LongAdder();
    final LongAdder revalidations = new LongAdder();
    final LongAdder failures = new LongAdder();

    PageCacheFigures figures(long entries, long bytes) {
        return new PageCacheFigures(
                hits.sum(),
                stale.sum(),
                shared.sum(),
                misses.sum(),
                collapsed.sum(),
                stored.sum(),
                evictions.sum(),
                revalidations.sum(),
                failures.sum(),
                entries,
                bytes);
    }
}
