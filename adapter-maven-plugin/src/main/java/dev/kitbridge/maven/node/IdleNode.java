package dev.kitbridge.maven.node;

import dev.kitbridge.maven.process.Child;
import org.jspecify.annotations.Nullable;

/** A Node that has done what it was started for, and can do one more thing sooner than one that has yet to start. */
public final class IdleNode implements AutoCloseable {

    private Child.@Nullable Running running;

    /** @param running waits for a line to read; null where there is none */
    public IdleNode(Child.@Nullable Running running) {
        this.running = running;
    }

    /** None the second time. The caller has to close it. */
    public Child.@Nullable Running take() {
        Child.Running taken = running;
        running = null;
        return taken;
    }

    @Override
    public void close() {
        if (running != null) running.close();
        running = null;
    }
}
