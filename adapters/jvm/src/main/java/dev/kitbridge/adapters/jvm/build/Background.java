package dev.kitbridge.adapters.jvm.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Work that another thread does. */
final class Background {

    private Background() {}

    /** Waits for a result, and throws what the other thread threw. */
    static <T> T await(CompletableFuture<T> work) throws IOException {
        try {
            return work.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException io) throw io.getCause();
            if (e.getCause() instanceof RuntimeException own) throw own;
            throw e;
        }
    }
}
