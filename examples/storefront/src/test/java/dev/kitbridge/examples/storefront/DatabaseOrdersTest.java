package dev.kitbridge.examples.storefront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kitbridge.examples.storefront.NewOrder.Address;
import dev.kitbridge.examples.storefront.NewOrder.Line;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An order is taken as a whole or not at all. */
class DatabaseOrdersTest {

    private static final Address ADDRESS =
            new Address("Ida", "ida@example.org", "1 Alder Row", "AB1 2CD", "Mossby");

    @TempDir
    private Path folder;

    private Database database;
    private Catalogue catalogue;
    private Orders orders;

    @BeforeEach
    void open() {
        database = new Database(folder);
        catalogue = new DatabaseCatalogue(database);
        orders = new DatabaseOrders(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void takesFromTheShelf() {
        int before = stock("strop");

        Order order = orders.place(order(new Line("strop", 2), new Line("bradawl", 1)));

        assertEquals(Optional.of(order), orders.byId(order.id()));
        assertEquals(List.of("strop", "bradawl"), order.lines().stream().map(Order.Line::slug).toList());
        int lines = order.lines().stream().mapToInt(Order.Line::total).sum();
        assertEquals(lines + Delivery.post.price, order.total());
        assertEquals(before - 2, stock("strop"));
    }

    @Test
    void leavesNoRowsIfAProductIsUnknown() {
        assertRefused("There is no tool called “zither” any more", new Line("strop", 1), new Line("zither", 1));
    }

    @Test
    void leavesNoRowsIfTheStockIsTooSmall() {
        int stock = stock("whetstone");
        String message = catalogue.bySlug("whetstone").orElseThrow().name() + ": only " + stock + " left";
        assertRefused(message, new Line("strop", 1), new Line("whetstone", stock + 1));
        // the same product on two lines
        assertThrows(
                NotInStock.class, () -> orders.place(order(new Line("whetstone", stock), new Line("whetstone", 1))));
        assertEquals(stock, stock("whetstone"));
    }

    @Test
    void concurrentOrdersDoNotExceedTheStock() throws Exception {
        int stock = stock("strop");
        Callable<Boolean> customer = () -> {
            try {
                orders.place(order(new Line("strop", 1), new Line("bradawl", 1)));
                return true;
            } catch (NotInStock e) {
                return false;
            }
        };
        ExecutorService customers = Executors.newFixedThreadPool(4);
        int served = 0;
        try {
            List<Callable<Boolean>> all = Collections.nCopies(stock + 5, customer);
            for (Future<Boolean> answer : customers.invokeAll(all)) if (answer.get()) served++;
        } finally {
            customers.shutdownNow();
        }
        assertEquals(stock, served);
        assertEquals(0, stock("strop"));
    }

    @Test
    void quantitiesAreAtLeastOne() {
        assertThrows(IllegalArgumentException.class, () -> new Line("strop", 0));
    }

    @Test
    void anOrderIsInTheFileAtOnce(@TempDir Path copy) throws Exception {
        Order order = orders.place(order(new Line("strop", 1)));

        // as another process reads it if this one is killed now
        Files.copy(folder.resolve("storefront.mv.db"), copy.resolve("storefront.mv.db"));
        try (Database found = new Database(copy)) {
            assertEquals(Optional.of(order), new DatabaseOrders(found).byId(order.id()));
        }
    }

    @Test
    void anInterruptedCallLeavesTheDatabaseOpen() {
        Thread.currentThread().interrupt();
        try {
            orders.place(order(new Line("strop", 1)));
        } catch (IllegalStateException e) {
            // the order may fail
        } finally {
            Thread.interrupted();
        }
        orders.place(order(new Line("strop", 1)));
    }

    private void assertRefused(String message, Line... lines) {
        Map<String, Integer> stocks = stocks();
        int rows = rows();

        NotInStock refusal = assertThrows(NotInStock.class, () -> orders.place(order(lines)));

        assertEquals(message, refusal.getMessage());
        assertEquals(stocks, stocks());
        assertEquals(rows, rows());
    }

    private static NewOrder order(Line... lines) {
        return new NewOrder(ADDRESS, Delivery.post, List.of(lines));
    }

    private int stock(String slug) {
        return catalogue.bySlug(slug).orElseThrow().stock();
    }

    private Map<String, Integer> stocks() {
        return catalogue.list().stream().collect(Collectors.toMap(Product::slug, Product::stock));
    }

    private int rows() {
        return database.inTransaction(connection -> {
            ResultSet row = connection
                    .createStatement()
                    .executeQuery("SELECT (SELECT COUNT(*) FROM orders) + (SELECT COUNT(*) FROM order_line)");
            row.next();
            return row.getInt(1);
        });
    }
}
