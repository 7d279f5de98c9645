package org.example.quay.harbour;

import dev.kitbridge.platform.PlatformService;
import java.util.List;

/** Which boats lie where. */
@PlatformService("harbour")
public interface Harbour {

    List<String> boats(String name);
}
