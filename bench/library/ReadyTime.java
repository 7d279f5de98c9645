package dev.kitbridge.examples.toollibrary;

import java.lang.management.ManagementFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Prints the age of the JVM, in ms, when the application is ready. */
@Component
class ReadyTime {

    @EventListener(ApplicationReadyEvent.class)
    void print() {
        System.out.println("ready after " + ManagementFactory.getRuntimeMXBean().getUptime());
    }
}
