package org.example.shop;

import dev.kitbridge.platform.CallContext;
import dev.kitbridge.platform.ServiceException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import java.util.stream.Stream;

public final class Shop implements Catalog, AutoCloseable {

    private static Product product(long id) {
        Kind kind = id % 2 == 0 ? Kind.TABLE : Kind.CHAIR;
        BigInteger serial = BigInteger.TWO.pow(70).add(BigInteger.valueOf(id));
        return new Product(id, kind + " " + id, kind, serial, Instant.ofEpochSecond(1_700_000_000 + id), Optional.empty());
    }

    @Override
    public List<Product> search(String query, int limit) {
        return LongStream.range(0, 10).mapToObj(Shop::product)
                .filter(product -> product.name().contains(query)).limit(limit).toList();
    }

    @Override
    public Optional<Product> byId(long id) {
        if (id == 404) throw new ServiceException(404, "There is no product " + id);
        return id > 1000 ? Optional.empty() : Optional.of(product(id));
    }

    @Override
    public Product copy(Product product) {
        return product;
    }

    @Override
    public CompletionStage<Map<String, Integer>> stock() {
        return CompletableFuture.supplyAsync(() -> new TreeMap<>(Map.of("chairs", 3, "tables", 1)));
    }

    @Override
    public Stream<Product> all() {
        return LongStream.range(0, 2000).mapToObj(Shop::product).onClose(() -> System.out.println("all is closed"));
    }

    @Override
    public void order(long id) throws SoldOut {
        throw new SoldOut(product(id).name());
    }

    @Override
    public String broken() {
        throw new IllegalStateException("the password of the database is hunter2");
    }

    @Override
    public void slow() throws InterruptedException {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            System.out.println("slow is interrupted");
            throw e;
        }
    }

    @Override
    public void hang() throws InterruptedException {
        Thread.sleep(60_000);
    }

    @Override
    public void exit() {
        System.exit(3);
    }

    @Override
    public Map<String, Object> surroundings() {
        CallContext context = CallContext.current();
        boolean sees = true;
        try {
            Class.forName("org.eclipse.jetty.server.Server");
        } catch (ClassNotFoundException e) {
            sees = false;
        }
        return new TreeMap<>(Map.of("request", context.requestId(), "locale", context.locale(), "seesTheServer", sees));
    }

    @Override
    public void close() {
        System.out.println("the shop is closed");
    }
}
