package org.example.ferry;

import dev.kitbridge.platform.PlatformService;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When ferries go. */
@PlatformService("timetable")
public interface Timetable {

    /**
     * A crossing.
     *
     * @param to the harbour at the other end
     */
    record Crossing(String to, int minutes, Instant departs, @Nullable String note) {}

    /**
     * Crossings in the order of their departure.
     *
     * @param harbour where they start
     */
    List<Crossing> from(String harbour, int limit);

    Optional<Crossing> last();
}
