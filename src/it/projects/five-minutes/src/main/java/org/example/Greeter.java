package org.example;

import dev.kitbridge.platform.PlatformService;

@PlatformService("greeter")
public interface Greeter {
    String greet(String name);
}
