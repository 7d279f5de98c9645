package dev.kitbridge.bench.library;

import dev.kitbridge.examples.toollibrary.ToolView;
import dev.kitbridge.platform.PlatformService;
import java.util.List;

/** The tools of the library. */
@PlatformService("tools")
public interface Tools {

    List<ToolView> search(String text);
}
