package dev.kitbridge.examples.storefront;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * The shop's database, an H2 file, in the folder {@code STOREFRONT_DATA}. Its default is {@code data} where the jar
 * runs, and {@code .data} in the module while it is built and developed: {@code mvn clean} leaves that alone, and
 * Kitbridge does not read it as a source of the app. A new one is filled with the
 * catalogue and two orders.
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
     * {@code AUTO_SERVER}: several processes may be at it, the jar and a build. {@code WRITE_DELAY}: an order that was
     * taken is in the file, even if the process ends in the next moment.
     */
    private static final String SETTINGS = ";AUTO_SERVER=TRUE;WRITE_DELAY=0";

    private static final Database SHARED = new Database(folder());

    private final JdbcConnectionPool pool;

    Database(Path folder) {
        // async: a call that nobody waits for any more is interrupted, which would close a file that is opened otherwise
        String url = "jdbc:h2:async:" + folder.resolve("storefront").toAbsolutePath() + SETTINGS;
        pool = JdbcConnectionPool.create(url, "sa", "");
        inTransaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String definition : SCHEMA) statement.execute(definition);
                // definitions are kept at once: a process that was ended here left tables without rows
                if (!statement.executeQuery("SELECT 1 FROM product").next()) Seed.fill(connection);
            }
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
        return Path.of(Files.isRegularFile(Path.of("pom.xml")) ? ".data" : "data");
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

    @Override
    public void close() {
        pool.dispose();
    }
}
