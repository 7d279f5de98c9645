package dev.kitbridge.spring;

import java.util.concurrent.CountDownLatch;
import org.springframework.context.SmartLifecycle;

/** Waits until all beans are created. */
final class ContextStart implements SmartLifecycle {

    private final CountDownLatch started = new CountDownLatch(1);

    void await() throws InterruptedException {
        started.await();
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    @Override
    public void start() {
        started.countDown();
    }

    @Override
    public void stop() {}

    /** Returns false: the beans are created once. Overrides a method of Spring 7. */
    public boolean isPauseable() {
        return false;
    }

    @Override
    public boolean isRunning() {
        return started.getCount() == 0;
    }
}
