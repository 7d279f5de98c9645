package dev.kitbridge.maven.adapters;

import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.adapter.Supports;
import dev.kitbridge.maven.build.BuildRecord;
import dev.kitbridge.maven.build.PageCacheRule;
import dev.kitbridge.maven.failure.UserFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks adapters whether they support the features that an app uses. */
public final class SupportsCheck {

    /**
     * The answer of an adapter.
     *
     * @param route id of the route, {@code *} for all of them
     * @param feature {@code read}, {@code page cache} or {@code instrumentation}
     * @param adapter the adapter's id
     * @param support the answer
     */
    public record Row(String route, String feature, String adapter, Supports.Answer support) {

        private boolean isRefusal() {
            return !support.supported();
        }

        private String verdict() {
            if (support.reason() != null) return "refused: " + support.reason();
            return isRefusal() ? "not supported" : "supported";
        }
    }

    private final List<Row> rows = new ArrayList<>();
    private final BuildRecord record;

    /** Asks each adapter about each feature that the build uses. */
    public SupportsCheck(BuildRecord record, List<ConfiguredAdapter> adapters) {
        this.record = record;
        for (BuildRecord.Route route : record.routes()) {
            RouteDefinition definition = route.definition();
            if (!record.reads().contains(definition.id())) continue;
            for (ConfiguredAdapter adapter : adapters) {
                BuildRecord.Ran ran = record.ran(adapter.id());
                Supports.Answer support = ran == null
                        ? adapter.ask(it -> it.supports().read(definition))
                        : answer(ran.reads().get(definition.id()));
                rows.add(new Row(definition.id(), "read", adapter.id(), support));
            }
        }
        for (BuildRecord.Route route : record.routes()) addPageCache(route.definition(), adapters);
        if (record.instrumented()) {
            for (ConfiguredAdapter adapter : adapters) {
                BuildRecord.Ran ran = record.ran(adapter.id());
                Supports.Answer support = ran == null
                        ? adapter.ask(it -> it.supports().instrumentation())
                        : answer(ran.instrumentation());
                rows.add(new Row("*", "instrumentation", adapter.id(), support));
            }
        }
    }

    private void addPageCache(RouteDefinition route, List<ConfiguredAdapter> adapters) {
        if (!PageCacheRule.isIn(route.config())) return;
        for (ConfiguredAdapter adapter : adapters) {
            adapter.ask(it -> Optional.ofNullable(it.supports().pageCache(route)))
                    .ifPresent(answer -> rows.add(new Row(route.id(), "page cache", adapter.id(), answer)));
        }
    }

    /** Converts the answer of an adapter in JavaScript: a boolean, or the reason against the feature. */
    private static Supports.Answer answer(@Nullable Object given) {
        return given instanceof String reason
                ? Supports.Answer.notSupported(reason)
                : new Supports.Answer(Boolean.TRUE.equals(given), null);
    }

    /** Returns a table of route, feature, adapter and answer. */
    public List<String> table() {
        if (rows.isEmpty()) return List.of("The app uses no feature that needs the support of an adapter");
        int route = Math.max(
                5, rows.stream().mapToInt(row -> row.route().length()).max().orElse(0));
        int adapter = Math.max(
                7, rows.stream().mapToInt(row -> row.adapter().length()).max().orElse(0));
        String form = "%-" + route + "s  %-15s  %-" + adapter + "s  %s";
        List<String> lines = new ArrayList<>();
        lines.add(form.formatted("route", "feature", "adapter", "answer"));
        for (Row row : rows) lines.add(form.formatted(row.route(), row.feature(), row.adapter(), row.verdict()));
        return lines;
    }

    /**
     * Fails if a feature is not supported.
     *
     * @throws UserFailure if an adapter does not support a feature that the app uses
     */
    public void enforce() {
        List<String> lines = rows.stream()
                .filter(Row::isRefusal)
                .map(row -> sentence(row, record.routesDirectory()))
                .toList();
        if (!lines.isEmpty()) throw new UserFailure(String.join("\n", lines));
    }

    /**
     * Returns why a route may not use {@code read}, as the first adapter without support states it; empty if all
     * adapters support it.
     *
     * @param routes the folder of the app's routes
     */
    public static Optional<String> refusal(List<ConfiguredAdapter> adapters, RouteDefinition route, String routes) {
        return inJava(adapters)
                .map(adapter -> new Row(route.id(), "read", adapter.id(), adapter.ask(it -> it.supports()
                        .read(route))))
                .filter(Row::isRefusal)
                .map(row -> sentence(row, routes))
                .findFirst();
    }

    /** Returns why the app may not have an {@code instrumentation.server.js}; empty if all adapters support it. */
    public static Optional<String> refusalOfInstrumentation(List<ConfiguredAdapter> adapters) {
        return inJava(adapters)
                .map(adapter -> new Row("*", "instrumentation", adapter.id(), adapter.ask(it -> it.supports()
                        .instrumentation())))
                .filter(Row::isRefusal)
                .map(row -> sentence(row, ""))
                .findFirst();
    }

    /** Returns the adapters without those in JavaScript, which Vite's process asks itself. */
    private static Stream<ConfiguredAdapter> inJava(List<ConfiguredAdapter> adapters) {
        return adapters.stream().filter(adapter -> adapter.script() == null);
    }

    private static String sentence(Row row, String routes) {
        String reason =
                row.support().reason() == null ? "" : ": " + row.support().reason();
        if (row.feature().equals("read")) {
            String place = routes + row.route();
            // the adapter's reason may name the route and the feature itself
            boolean placed = reason.contains(place);
            if (placed && reason.contains("read")) return "Adapter '" + row.adapter() + "'" + reason;
            return "Adapter '" + row.adapter() + "' does not support 'read' from $app/server"
                    + (placed ? "" : ", which is used in " + place) + reason
                    + (reason.isEmpty() ? "; prerender that route, or use an adapter that runs a server" : "");
        }
        if (row.feature().equals("page cache")) {
            return "Adapter '" + row.adapter() + "' cannot keep the pages of " + routes + row.route() + reason;
        }
        return "Adapter '" + row.adapter() + "' does not support instrumentation.server.js, which the app has" + reason
                + (reason.isEmpty() ? "; remove the file, or use an adapter that runs a server" : "");
    }
}
