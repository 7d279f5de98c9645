package org.example.faults;

import dev.kitbridge.platform.PlatformService;
import java.util.List;

/** What innocent pages call. */
@PlatformService("quick")
public interface Quick {

    record Row(long id, String name, double price) {}

    List<Row> rows(int count);

    record Figures(long heapPeakMiB, long heapMiB, int threadsPeak, int calling, int working, int streams) {}

    /** Since the last reset. */
    Figures figures();

    /** Collects garbage too. */
    void reset();
}
