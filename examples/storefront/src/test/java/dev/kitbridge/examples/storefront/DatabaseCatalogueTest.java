package dev.kitbridge.examples.storefront;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseCatalogueTest {

    @Test
    void containsTheProductsOfTheShop(@TempDir Path folder) {
        try (Database database = new Database(folder)) {
            Catalogue catalogue = new DatabaseCatalogue(database);

            List<Product> all = catalogue.list();
            assertEquals(Seed.products(), all);
            for (Product product : all) assertEquals(Optional.of(product), catalogue.bySlug(product.slug()));
            assertEquals(Optional.empty(), catalogue.bySlug("zither"));

            assertEquals(all, catalogue.search(" "));
            assertEquals(
                    List.of("Carving gouge"),
                    catalogue.search("GOUGE carving").stream().map(Product::name).toList());
            assertEquals(List.of(), catalogue.search("gouge' OR TRUE"));
        }
    }

    @Test
    void aProductGetsAnotherPrice(@TempDir Path folder) {
        try (Database database = new Database(folder)) {
            Catalogue catalogue = new DatabaseCatalogue(database);
            assertTrue(catalogue.reprice("strop", 1234));
            assertEquals(1234, catalogue.bySlug("strop").orElseThrow().price());
            assertFalse(catalogue.reprice("zither", 1234));
        }
    }

    @Test
    void keepsWhatItHas(@TempDir Path folder) {
        try (Database database = new Database(folder)) {
            database.inTransaction(connection ->
                    connection.createStatement().executeUpdate("UPDATE product SET stock = 1 WHERE slug = 'strop'"));
        }
        try (Database database = new Database(folder)) {
            assertEquals(1, new DatabaseCatalogue(database).bySlug("strop").orElseThrow().stock());
        }
    }
}
