package dev.kitbridge.spring;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/** Virtual threads for the calls of services, if {@code spring.threads.virtual.enabled} is set. */
final class VirtualThreads {

    private VirtualThreads() {}

    static ExecutorService newPool() {
        var factory = new VirtualThreadTaskExecutor("kitbridge-call-").getVirtualThreadFactory();
        // no thread waits for a second task
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 0, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
    }
}
