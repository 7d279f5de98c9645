package org.example.faults;

import dev.kitbridge.platform.PlatformService;
import java.util.List;
import java.util.stream.Stream;
import org.example.faults.Quick.Row;

/** What goes wrong. */
@PlatformService(value = "faulty", timeout = "1s")
public interface Faulty {

    /** Ends with its thread's interruption. */
    void hang() throws InterruptedException;

    /** Heeds nothing, until {@link #release}. */
    void block();

    /** Loops for a second. */
    void loop();

    void fail();

    void recurse();

    void allocate();

    void die();

    List<Row> million();

    Stream<Row> stream();

    /** Fills the heap, keeps it for half a second, and lets it go. */
    @PlatformService(timeout = "10s")
    void fill() throws InterruptedException;

    void release();

    void exit();
}
