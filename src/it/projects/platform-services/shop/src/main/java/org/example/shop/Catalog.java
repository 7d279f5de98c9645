package org.example.shop;

import dev.kitbridge.platform.PlatformService;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

@PlatformService("catalog")
public interface Catalog {

    enum Kind { CHAIR, TABLE }

    record Product(long id, String name, Kind kind, BigInteger serial, Instant since, Optional<String> note) {}

    List<Product> search(String query, int limit);

    Optional<Product> byId(long id);

    Product copy(Product product);

    CompletionStage<Map<String, Integer>> stock();

    Stream<Product> all();

    void order(long id) throws SoldOut;

    String broken();

    @PlatformService(timeout = "400ms")
    void slow() throws InterruptedException;

    /** Ends only with its thread's interruption. */
    void hang() throws InterruptedException;

    /** Ends more than itself. */
    void exit();

    /** Returns the call's details of the request, and whether it can load the server's own classes. */
    Map<String, Object> surroundings();
}
