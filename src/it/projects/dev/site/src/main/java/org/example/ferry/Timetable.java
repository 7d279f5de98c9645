package org.example.ferry;

import dev.kitbridge.platform.PlatformService;
import java.util.List;

/** When ferries go. */
@PlatformService("timetable")
public interface Timetable {

    /** A crossing. */
    record Crossing(String to, int minutes) {}

    List<Crossing> from(String harbour);
}
