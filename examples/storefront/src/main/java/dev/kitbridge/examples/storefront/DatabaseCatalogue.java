package dev.kitbridge.examples.storefront;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The catalogue in the database. */
public final class DatabaseCatalogue implements Catalogue {

    private static final String TEXT = "LOWER(name || ' ' || category || ' ' || summary)";

    private final Database database;

    /** For {@link java.util.ServiceLoader}. */
    public DatabaseCatalogue() {
        this(Database.shared());
    }

    DatabaseCatalogue(Database database) {
        this.database = database;
    }

    @Override
    public List<Product> list() {
        return select("TRUE");
    }

    @Override
    public Optional<Product> bySlug(String slug) {
        return select("product.slug = ?", slug).stream().findFirst();
    }

    @Override
    public List<Product> search(String query) {
        String[] words = query.strip().toLowerCase(Locale.ROOT).split("\\s+");
        return select(String.join(" AND ", Collections.nCopies(words.length, "LOCATE(?, " + TEXT + ") > 0")), words);
    }

    @Override
    public boolean reprice(String slug, int price) {
        return database.inTransaction(connection -> {
            try (PreparedStatement update = connection.prepareStatement("UPDATE product SET price = ? WHERE slug = ?")) {
                update.setInt(1, price);
                update.setString(2, slug);
                return update.executeUpdate() == 1;
            }
        });
    }

    /** Runs one query; a product has a row for each of its details. */
    private List<Product> select(String condition, String... values) {
        return database.inTransaction(connection -> {
            List<Product> products = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("SELECT product.*, label, content FROM product"
                    + " LEFT JOIN detail ON detail.slug = product.slug"
                    + " WHERE " + condition + " ORDER BY product.position, detail.position")) {
                for (int i = 0; i < values.length; i++) select.setString(i + 1, values[i]);
                ResultSet row = select.executeQuery();
                String slug = "";
                List<Product.Detail> details = List.of();
                while (row.next()) {
                    if (!row.getString("slug").equals(slug)) {
                        slug = row.getString("slug");
                        details = new ArrayList<>();
                        products.add(product(row, details));
                    }
                    String label = row.getString("label");
                    if (label != null) details.add(new Product.Detail(label, row.getString("content")));
                }
            }
            return products;
        });
    }

    private static Product product(ResultSet row, List<Product.Detail> details) throws SQLException {
        return new Product(
                row.getString("slug"),
                row.getString("name"),
                row.getString("category"),
                row.getInt("price"),
                row.getInt("weight"),
                row.getInt("stock"),
                row.getObject("since", LocalDate.class),
                row.getString("summary"),
                row.getString("description"),
                details);
    }
}
