package dev.kitbridge.examples.toollibrary;

import dev.kitbridge.platform.PlatformService;
import java.util.concurrent.Flow;

/** The events of the library. */
@PlatformService("activity")
public interface Activity {

    /** The events from now on, until the reader leaves. The timeout is the longest time without an event. */
    @PlatformService(timeout = "24h")
    Flow.Publisher<ToolEvent> follow();
}
