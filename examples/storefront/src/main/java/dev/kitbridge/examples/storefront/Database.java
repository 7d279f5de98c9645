package dev.kitbridge.examples.storefront;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * The shop's database, an H2 file. It is in the folder that {@code STOREFRONT_DATA} names, or in {@code target/data}
 * while the app is built and developed, or in {@code data} where the jar runs. A new one is filled with the
 * catalogue and two orders.
 */
final class Database {

    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE product (position INT, slug VARCHAR PRIMARY KEY, name VARCHAR, category VARCHAR, price INT,"
                    + " weight INT, stock INT, since DATE, summary VARCHAR, description VARCHAR, sold INT DEFAULT 0)",
            "CREATE TABLE detail (slug VARCHAR REFERENCES product, position INT, label VARCHAR, content VARCHAR)",
            "CREATE TABLE orders (id VARCHAR PRIMARY KEY, placed TIMESTAMP WITH TIME ZONE, name VARCHAR, email VARCHAR,"
                    + " street VARCHAR, postcode VARCHAR, city VARCHAR, delivery VARCHAR)",
            "CREATE TABLE order_line (id VARCHAR REFERENCES orders, position INT, slug VARCHAR REFERENCES product,"
                    + " quantity INT, name VARCHAR, price INT)",
            "CREATE INDEX detail_slug ON detail (slug, position)",
            "CREATE INDEX order_line_id ON order_line (id, position)");

    private static final Database SHARED = new Database(folder());

    private final JdbcConnectionPool pool;

    Database(Path folder) {
        // several processes may be at it: the jar, and a build
        String url = "jdbc:h2:file:" + folder.resolve("storefront").toAbsolutePath() + ";AUTO_SERVER=TRUE";
        pool = JdbcConnectionPool.create(url, "sa", "");
        inTransaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                if (statement.executeQuery("SELECT 1 FROM information_schema.tables WHERE table_name = 'PRODUCT'").next()) {
                    return null;
                }
                for (String definition : SCHEMA) statement.execute(definition);
            }
            Seed.fill(connection);
            return null;
        });
    }

    /** The one of this process. */
    static Database shared() {
        return SHARED;
    }

    private static Path folder() {
        String given = System.getenv("STOREFRONT_DATA");
        if (given != null) return Path.of(given);
        return Path.of(Files.isDirectory(Path.of("target/classes")) ? "target/data" : "data");
    }

    /** Something to do with a connection. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** All of it, or nothing. */
    <T> T inTransaction(Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.with(connection);
                connection.commit();
                return result;
            } finally {
                // nothing is left to be undone where it was kept
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database failed", e);
        }
    }
}
