package dev.kitbridge.examples.storefront;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Fills a new database from the JSON files that the app reads when it runs without services. */
final class Seed {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Seed() {}

    private record Sample(
            String id,
            Instant placed,
            NewOrder.Address address,
            Delivery delivery,
            List<NewOrder.Line> lines) {}

    static void fill(Connection connection) throws SQLException {
        int position = 0;
        for (Product product : products()) insert(connection, position++, product);
        for (Sample sample : read("orders.json", Sample[].class)) {
            NewOrder order = new NewOrder(sample.address(), sample.delivery(), sample.lines());
            DatabaseOrders.insert(connection, sample.id(), sample.placed(), order);
        }
    }

    static List<Product> products() {
        return List.of(read("products.json", Product[].class));
    }

    private static void insert(Connection connection, int position, Product product) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO product (position, slug, name,"
                + " category, price, weight, stock, since, summary, description) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            Object[] values = {
                position,
                product.slug(),
                product.name(),
                product.category(),
                product.price(),
                product.weight(),
                product.stock(),
                Date.valueOf(product.since()),
                product.summary(),
                product.description()
            };
            for (int i = 0; i < values.length; i++) insert.setObject(i + 1, values[i]);
            insert.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO detail VALUES (?, ?, ?, ?)")) {
            int line = 0;
            for (Product.Detail detail : product.details()) {
                insert.setString(1, product.slug());
                insert.setInt(2, line++);
                insert.setString(3, detail.label());
                insert.setString(4, detail.value());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static <T> T read(String file, Class<T> type) {
        try (InputStream in = Seed.class.getResourceAsStream("/storefront/" + file)) {
            return JSON.readValue(in, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
