package dev.kitbridge.adapter.test.tck;

import dev.kitbridge.adapter.test.tck.TckResult.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The results of a run.
 *
 * @param results a result for each case and server
 * @param tolerances the tolerances of the run
 */
public record TckReport(List<TckResult> results, List<Tolerance> tolerances) {

    private static final List<String> HEAD = List.of("demand", "cases", "passed", "permitted", "tolerated", "failed");

    /**
     * Returns the failures.
     *
     * @return the results that are neither adapter-node's, nor intended, permitted or tolerated
     */
    public List<TckResult> failures() {
        return results.stream().filter(one -> one.verdict() == Verdict.FAILED).toList();
    }

    /**
     * Returns whether the servers have passed.
     *
     * @return whether there are cases, no failure, and no tolerance that covers no difference
     */
    public boolean passed() {
        return !results.isEmpty() && failures().isEmpty() && unused().isEmpty();
    }

    /**
     * Returns the tolerances that are not needed.
     *
     * @return tolerances whose cases have passed
     */
    public List<Tolerance> unused() {
        return tolerances.stream()
                .filter(tolerance -> results.stream()
                        .noneMatch(one -> one.verdict() == Verdict.TOLERATED && tolerance.covers(one.tested())))
                .toList();
    }

    /**
     * Returns the intended differences that were found.
     *
     * @return names of {@link Difference}
     */
    public Set<String> found() {
        Set<String> found = new LinkedHashSet<>();
        results.stream().filter(one -> one.verdict() == Verdict.PASSED).forEach(one -> found.addAll(one.differences()));
        return found;
    }

    /**
     * Returns a table for a console.
     *
     * @return a line for each demand, and one for all
     */
    public String toTable() {
        List<List<String>> rows = rows();
        int width = rows.stream().mapToInt(row -> row.get(0).length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            text.append(("%-" + width + "s").formatted(row.get(0)));
            row.stream().skip(1).forEach(cell -> text.append("%11s".formatted(cell)));
            text.append('\n');
        }
        return text.toString();
    }

    /**
     * Returns the report in Markdown: the table, the demands, the failures, and what was permitted and tolerated.
     *
     * @return a document
     */
    public String toMarkdown() {
        StringBuilder text = new StringBuilder("# Kitbridge TCK\n\n");
        text.append(passed() ? "Passed" : "Failed")
                .append(". ")
                .append(sentence())
                .append("\n\n");
        List<List<String>> rows = rows();
        for (int i = 0; i < rows.size(); i++) {
            text.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
            if (i == 0) text.append("|---|---:|---:|---:|---:|---:|\n");
        }
        failures(text);
        section(text, "Permitted", Verdict.PERMITTED, "Another standard response than adapter-node's:");
        section(text, "Tolerated", Verdict.TOLERATED, "Differences that the author declared:");
        if (!unused().isEmpty()) {
            text.append("\n## Tolerances without a difference\n\n");
            for (Tolerance one : unused())
                text.append("- `")
                        .append(one.demand())
                        .append(" ")
                        .append(one.request())
                        .append("`: ")
                        .append(one.reason())
                        .append('\n');
        }
        text.append("\n## Demands\n\n| demand | what a server has to do | source |\n|---|---|---|\n");
        for (Demand demand : byDemand().keySet()) {
            text.append("| `%s` | %s | %s |%n"
                    .formatted(demand.id(), demand.text(), demand.source())
                    .replace("\r", ""));
        }
        return text.toString();
    }

    /**
     * Returns the outcome in a sentence.
     *
     * @return how many cases there are, and how many failed
     */
    public String sentence() {
        return results.size() + " cases, " + failures().size() + " failed";
    }

    private void failures(StringBuilder text) {
        if (failures().isEmpty()) return;
        text.append("\n## Failures\n\nEach line: what differs, the expected value, the server's.\n");
        byDemand().forEach((demand, all) -> {
            List<TckResult> failed =
                    all.stream().filter(one -> one.verdict() == Verdict.FAILED).toList();
            if (failed.isEmpty()) return;
            text.append("\n### ").append(demand.id()).append("\n\n");
            text.append(demand.text()).append(" (").append(demand.source()).append(").\n\n```\n");
            for (TckResult one : failed) {
                text.append(one.server())
                        .append(": ")
                        .append(one.tested().request())
                        .append('\n');
                for (String line : one.lines()) text.append("    ").append(line).append('\n');
            }
            text.append("```\n");
        });
    }

    private void section(StringBuilder text, String title, Verdict verdict, String sentence) {
        Map<String, Integer> counts = new TreeMap<>();
        for (TckResult one : results) {
            if (one.verdict() == verdict) one.differences().forEach(name -> counts.merge(name, 1, Integer::sum));
        }
        if (counts.isEmpty()) return;
        text.append("\n## ")
                .append(title)
                .append("\n\n")
                .append(sentence)
                .append("\n\n| difference | cases |\n|---|---:|\n");
        counts.forEach((name, count) ->
                text.append("| ").append(name).append(" | ").append(count).append(" |\n"));
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        byDemand().forEach((demand, all) -> rows.add(row(demand.id(), all)));
        rows.add(row("all", results));
        return rows;
    }

    private static List<String> row(String name, List<TckResult> all) {
        List<String> row = new ArrayList<>(List.of(name, String.valueOf(all.size())));
        for (Verdict verdict : Verdict.values()) {
            row.add(String.valueOf(
                    all.stream().filter(one -> one.verdict() == verdict).count()));
        }
        return row;
    }

    Map<Demand, List<TckResult>> byDemand() {
        Map<Demand, List<TckResult>> all = new TreeMap<>(Comparator.comparing(Demand::id));
        for (TckResult one : results) {
            all.computeIfAbsent(one.tested().demand(), demand -> new ArrayList<>())
                    .add(one);
        }
        return all;
    }
}
