package dev.kitbridge.services;

import dev.kitbridge.platform.ErrorStatus;
import dev.kitbridge.platform.PlatformService;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A service with every kind of parameter and result. */
@PlatformService("lab")
public interface Lab extends java.io.Closeable {

    enum Size {
        SMALL,
        LARGE
    }

    record Product(long id, String name, Optional<Instant> since, List<Size> sizes) {}

    record Everything(
            BigInteger big,
            long small,
            long huge,
            double ratio,
            double none,
            Instant instant,
            LocalDate day,
            byte[] bytes,
            Map<String, List<Product>> products,
            Set<Integer> numbers,
            String tagged) {}

    @ErrorStatus(409)
    class SoldOut extends Exception {
        private static final long serialVersionUID = 1;

        public SoldOut(String message) {
            super(message);
        }
    }

    Everything everything(Everything value);

    /** Revalidates the pages with a tag, and returns the replicas that were not reached. */
    CompletionStage<List<String>> forget(String tag);

    Optional<Product> byId(long id);

    Object anything(Object value);

    int add(int a, int b);

    String add(String text);

    Map<String, Object> plain();

    StringBuilder builder();

    Object raw();

    void nothing();

    CompletionStage<String> later(String text);

    CompletionStage<String> neverLater();

    Stream<Product> many(int count);

    IntStream numbers(int count);

    Flow.Publisher<String> ticks();

    Stream<String> rows(int size);

    CompletionStage<Stream<String>> laterRows();

    void sold() throws SoldOut;

    String missing(String name);

    void broken();

    void error();

    String large(int size);

    @PlatformService(timeout = "300ms")
    void slow() throws InterruptedException;

    void hang() throws InterruptedException;

    Map<String, String> context();

    static String notReachable() {
        return "";
    }

    default String greeting(String name) {
        return "hello " + name;
    }

    @Override
    String toString();
}
