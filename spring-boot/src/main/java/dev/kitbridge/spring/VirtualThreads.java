package dev.kitbridge.spring;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/** Virtual threads for the calls of services, if {@code spring.threads.virtual.enabled} is set. */
final class VirtualThreads {

    private VirtualThreads() {}

    /** Spring Boot's own check has another package in version 4. */
    static boolean areEnabled(Environment environment) {
        return areEnabled(environment, Runtime.version().feature());
    }

    /** Returns whether calls run on virtual threads in a version of Java. */
    static boolean areEnabled(Environment environment, int java) {
        return environment.getProperty("spring.threads.virtual.enabled", Boolean.class, false) && java >= 21;
    }

    static ExecutorService newPool() {
        var factory = new VirtualThreadTaskExecutor("kitbridge-call-").getVirtualThreadFactory();
        // no thread waits for a second task
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 0, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
    }
}
