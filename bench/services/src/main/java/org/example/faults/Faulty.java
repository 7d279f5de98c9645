package org.example.faults;

import dev.kitbridge.platform.PlatformService;
import java.util.List;
import java.util.stream.Stream;
import org.example.faults.Quick.Row;

/** A service whose methods are faulty. */
@PlatformService(value = "faulty", timeout = "1s")
public interface Faulty {

    /** Sleeps until its thread is interrupted. */
    void hang() throws InterruptedException;

    /** Ignores interrupts until {@link #release}. */
    void block();

    /** Loops for a second. */
    void loop();

    void fail();

    void recurse();

    void allocate();

    void die();

    List<Row> million();

    Stream<Row> stream();

    /** Fills the heap and releases it after half a second. */
    @PlatformService(timeout = "10s")
    void fill() throws InterruptedException;

    void release();

    void exit();
}
