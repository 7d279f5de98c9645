package dev.kitbridge.adapters.jvm.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The result of work on another thread. */
final class Background<T> {

    /** Reads or writes files. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    private final CompletableFuture<T> result;

    private Background(CompletableFuture<T> result) {
        this.result = result;
    }

    static <T> Background<T> begin(Work<T> work) {
        return new Background<>(CompletableFuture.supplyAsync(() -> {
            try {
                return work.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    /** Waits for the result; rethrows an exception of the other thread. */
    T await() throws IOException {
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException io) throw io.getCause();
            if (e.getCause() instanceof RuntimeException own) throw own;
            if (e.getCause() instanceof Error own) throw own;
            throw e;
        }
    }

    /** Waits until the work has succeeded or failed. */
    void awaitEnd() {
        result.handle((value, failure) -> failure).join();
    }
}
