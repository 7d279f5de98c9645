package org.example.demo;

import dev.kitbridge.platform.PlatformService;
import org.springframework.stereotype.Service;

@PlatformService
public interface Greetings {

    record Greeting(String text) {}

    Greeting of(String name);

    @Service
    class Polite implements Greetings {

        @Override
        public Greeting of(String name) {
            return new Greeting("Hello " + name);
        }
    }
}
