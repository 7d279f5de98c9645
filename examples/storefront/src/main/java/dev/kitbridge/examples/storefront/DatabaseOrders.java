package dev.kitbridge.examples.storefront;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Orders in the database. */
public final class DatabaseOrders implements Orders {

    private final Database database;

    /** For {@link java.util.ServiceLoader}. */
    public DatabaseOrders() {
        this(Database.shared());
    }

    DatabaseOrders(Database database) {
        this.database = database;
    }

    @Override
    public Order place(NewOrder order) {
        String id = UUID.randomUUID().toString();
        Instant placed = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return database.inTransaction(connection -> {
            take(connection, order.lines());
            insert(connection, id, placed, order);
            return select(connection, id).orElseThrow();
        });
    }

    @Override
    public Optional<Order> byId(String id) {
        return database.inTransaction(connection -> select(connection, id));
    }

    /** Reduces the stock, within a transaction. Products are sorted, so that two transactions cannot deadlock. */
    private static void take(Connection connection, List<NewOrder.Line> lines) throws SQLException {
        List<NewOrder.Line> sorted =
                lines.stream().sorted(Comparator.comparing(NewOrder.Line::slug)).toList();
        for (NewOrder.Line line : sorted) {
            int taken = update(
                    connection,
                    "UPDATE product SET stock = stock - ? WHERE slug = ? AND stock >= ?",
                    line.quantity(),
                    line.slug(),
                    line.quantity());
            if (taken == 0) throw new NotInStock(left(connection, line.slug()));
        }
    }

    private static String left(Connection connection, String slug) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT name, stock FROM product WHERE slug = ?")) {
            select.setString(1, slug);
            ResultSet row = select.executeQuery();
            if (!row.next()) return "There is no tool called “" + slug + "” any more";
            int stock = row.getInt("stock");
            return row.getString("name") + ": " + (stock == 0 ? "none" : "only " + stock) + " left";
        }
    }

    /** Inserts the order and its lines, within a transaction. */
    static void insert(Connection connection, String id, Instant placed, NewOrder order) throws SQLException {
        NewOrder.Address address = order.address();
        update(
                connection,
                "INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                placed.atOffset(ZoneOffset.UTC),
                address.name(),
                address.email(),
                address.street(),
                address.postcode(),
                address.city(),
                order.delivery().name());
        int position = 0;
        for (NewOrder.Line line : order.lines()) {
            update(
                    connection,
                    "INSERT INTO order_line SELECT ?, ?, slug, ?, name, price FROM product WHERE slug = ?",
                    id,
                    position++,
                    line.quantity(),
                    line.slug());
        }
    }

    private static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
            return statement.executeUpdate();
        }
    }

    private static Optional<Order> select(Connection connection, String id) throws SQLException {
        List<Order.Line> lines = lines(connection, id);
        try (PreparedStatement select = connection.prepareStatement("SELECT * FROM orders WHERE id = ?")) {
            select.setString(1, id);
            ResultSet row = select.executeQuery();
            if (!row.next()) return Optional.empty();
            Delivery delivery = Delivery.valueOf(row.getString("delivery"));
            int total = delivery.price;
            for (Order.Line line : lines) total += line.total();
            NewOrder.Address address = new NewOrder.Address(
                    row.getString("name"),
                    row.getString("email"),
                    row.getString("street"),
                    row.getString("postcode"),
                    row.getString("city"));
            Instant placed = row.getObject("placed", OffsetDateTime.class).toInstant();
            return Optional.of(new Order(id, placed, address, delivery, lines, total));
        }
    }

    private static List<Order.Line> lines(Connection connection, String id) throws SQLException {
        List<Order.Line> lines = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT slug, quantity, name, price FROM order_line WHERE id = ? ORDER BY position")) {
            select.setString(1, id);
            ResultSet row = select.executeQuery();
            while (row.next()) {
                int quantity = row.getInt("quantity");
                int price = row.getInt("price");
                lines.add(new Order.Line(row.getString("slug"), quantity, row.getString("name"), price, quantity * price));
            }
        }
        return lines;
    }
}
