package dev.kitbridge.examples.storefront;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * The shop's database: an H2 file in the folder {@code STOREFRONT_DATA}. The default is {@code data} in the working
 * directory of the jar, and {@code .data} in the module during a build and in development: {@code mvn clean} does not
 * delete that folder, and Kitbridge does not treat it as a source of the app. A new database contains the catalogue and
 * two orders.
 */
final class Database implements AutoCloseable {

    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE IF NOT EXISTS product (position INT, slug VARCHAR PRIMARY KEY, name VARCHAR, category VARCHAR,"
                    + " price INT, weight INT, stock INT, since DATE, summary VARCHAR, description VARCHAR)",
            "CREATE TABLE IF NOT EXISTS detail (slug VARCHAR REFERENCES product, position INT, label VARCHAR,"
                    + " content VARCHAR)",
            "CREATE TABLE IF NOT EXISTS orders (id VARCHAR PRIMARY KEY, placed TIMESTAMP WITH TIME ZONE, name VARCHAR,"
                    + " email VARCHAR, street VARCHAR, postcode VARCHAR, city VARCHAR, delivery VARCHAR)",
            "CREATE TABLE IF NOT EXISTS order_line (id VARCHAR REFERENCES orders, position INT,"
                    + " slug VARCHAR REFERENCES product, quantity INT, name VARCHAR, price INT)",
            "CREATE INDEX IF NOT EXISTS detail_slug ON detail (slug, position)",
            "CREATE INDEX IF NOT EXISTS order_line_id ON order_line (id, position)");

    /**
     * {@code AUTO_SERVER} lets several processes use the file, for example the jar and a build. {@code WRITE_DELAY=0}
     * writes each order to the file before the transaction returns.
     */
    private static final String SETTINGS = ";AUTO_SERVER=TRUE;WRITE_DELAY=0";

    private static final Database SHARED = new Database(folder());

    private final JdbcConnectionPool pool;

    Database(Path folder) {
        // async: Kitbridge interrupts a cancelled call, and an interrupt closes a FileChannel that is opened without it
        String url = "jdbc:h2:async:" + folder.resolve("storefront").toAbsolutePath() + SETTINGS;
        pool = JdbcConnectionPool.create(url, "sa", "");
        inTransaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String definition : SCHEMA) statement.execute(definition);
                // H2 commits each definition at once, so a process killed here leaves tables without rows
                if (!statement.executeQuery("SELECT 1 FROM product").next()) Seed.fill(connection);
            }
            return null;
        });
    }

    /** Returns the database of this process. */
    static Database shared() {
        return SHARED;
    }

    private static Path folder() {
        String given = System.getenv("STOREFRONT_DATA");
        if (given != null) return Path.of(given);
        return Path.of(Files.isRegularFile(Path.of("pom.xml")) ? ".data" : "data");
    }

    /** A task that uses a connection. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Runs a task in a transaction: commits it, or rolls it back if it throws. */
    <T> T inTransaction(Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.with(connection);
                connection.commit();
                return result;
            } finally {
                // no effect after a commit
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database failed", e);
        }
    }

    @Override
    public void close() {
        pool.dispose();
    }
}
