package org.example.faults;

import dev.kitbridge.platform.PlatformService;
import java.util.List;

/** A fast service, for the pages without a fault. */
@PlatformService("quick")
public interface Quick {

    record Row(long id, String name, double price) {}

    List<Row> rows(int count);

    record Figures(long heapPeakMiB, long heapMiB, int threadsPeak, int calling, int working, int streams) {}

    /** Returns the maxima since the last reset. */
    Figures figures();

    /** Resets the maxima and collects garbage. */
    void reset();
}
