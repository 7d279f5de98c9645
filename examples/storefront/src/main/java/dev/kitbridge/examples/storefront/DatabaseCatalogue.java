package dev.kitbridge.examples.storefront;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The catalogue in the database. */
public final class DatabaseCatalogue implements Catalogue {

    private static final String TEXT = "LOWER(name || ' ' || category || ' ' || summary)";

    private final Database database = Database.shared();

    @Override
    public List<Product> list() {
        return select("TRUE");
    }

    @Override
    public Optional<Product> bySlug(String slug) {
        return select("slug = ?", slug).stream().findFirst();
    }

    @Override
    public List<Product> search(String query) {
        String[] words = query.strip().toLowerCase(Locale.ROOT).split("\\s+");
        return select(String.join(" AND ", Collections.nCopies(words.length, "LOCATE(?, " + TEXT + ") > 0")), words);
    }

    private List<Product> select(String condition, String... values) {
        return database.inTransaction(connection -> {
            Map<String, List<Product.Detail>> details = details(connection);
            List<Product> products = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT * FROM product WHERE " + condition + " ORDER BY position")) {
                for (int i = 0; i < values.length; i++) select.setString(i + 1, values[i]);
                ResultSet row = select.executeQuery();
                while (row.next()) products.add(product(row, details));
            }
            return products;
        });
    }

    private static Map<String, List<Product.Detail>> details(Connection connection) throws SQLException {
        Map<String, List<Product.Detail>> details = new HashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT slug, label, content FROM detail ORDER BY slug, position")) {
            ResultSet row = select.executeQuery();
            while (row.next()) {
                details.computeIfAbsent(row.getString(1), slug -> new ArrayList<>())
                        .add(new Product.Detail(row.getString(2), row.getString(3)));
            }
        }
        return details;
    }

    private static Product product(ResultSet row, Map<String, List<Product.Detail>> details) throws SQLException {
        String slug = row.getString("slug");
        return new Product(
                slug,
                row.getString("name"),
                row.getString("category"),
                row.getInt("price"),
                row.getInt("weight"),
                row.getInt("stock"),
                row.getDate("since").toLocalDate(),
                row.getString("summary"),
                row.getString("description"),
                details.getOrDefault(slug, List.of()));
    }
}
