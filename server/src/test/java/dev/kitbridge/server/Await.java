package dev.kitbridge.server;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for a condition that other threads fulfil; fails after a timeout. */
public final class Await {

    private Await() {}

    public static void until(String what, BooleanSupplier condition) throws InterruptedException {
        value(what, () -> condition.getAsBoolean() ? true : null);
    }

    public static <T> T value(String what, Supplier<@Nullable T> value) throws InterruptedException {
        long deadline = System.nanoTime() + TestApp.LONG.toNanos();
        while (System.nanoTime() - deadline < 0) {
            T found = value.get();
            if (found != null) return found;
            Thread.sleep(5);
        }
        throw new AssertionError("waited in vain for " + what);
    }
}
