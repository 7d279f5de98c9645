package dev.kitbridge.server.caching;

import dev.kitbridge.server.caching.CacheCase.Level;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs all cases against several caches, and writes what they passed as Markdown. */
public final class CaseTable {

    /** Most cases wait most of the time. */
    private static final int THREADS = 48;

    private CaseTable() {}

    /** @param caches by name */
    public static String of(Map<String, CacheClient> caches) throws IOException, InterruptedException {
        List<CacheCase> cases = CacheCase.all();
        Map<String, List<String>> failures = new LinkedHashMap<>();
        for (Map.Entry<String, CacheClient> cache : caches.entrySet()) {
            failures.put(cache.getKey(), failures(cases, cache.getValue()));
        }
        return counts(cases, failures) + "\n" + single(cases, failures);
    }

    /** Returns the failure of each case, in order. */
    private static List<String> failures(List<CacheCase> cases, CacheClient cache) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<String>> running = new ArrayList<>();
            for (CacheCase each : cases) running.add(threads.submit(() -> failure(each, cache)));
            List<String> failures = new ArrayList<>();
            for (Future<String> run : running) failures.add(result(run));
            return failures;
        } finally {
            threads.shutdownNow();
        }
    }

    private static String failure(CacheCase each, CacheClient cache) {
        try {
            return new CaseRun(each, cache).failure();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String result(Future<String> run) throws InterruptedException {
        try {
            return run.get();
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        }
    }

    private static String counts(List<CacheCase> cases, Map<String, List<String>> failures) {
        StringBuilder table = new StringBuilder("| cases | number |");
        failures.keySet().forEach(name -> table.append(' ').append(name).append(" |"));
        table.append("\n|---|---|").append("---|".repeat(failures.size())).append('\n');
        for (Level level : Level.values()) {
            row(table, level.name().toLowerCase(java.util.Locale.ROOT), cases, failures, each -> each.level() == level);
        }
        for (String section : cases.stream().map(CacheCase::section).distinct().toList()) {
            row(table, section, cases, failures, each -> each.section().equals(section));
        }
        row(table, "all", cases, failures, each -> true);
        return table.toString();
    }

    private static void row(
            StringBuilder table,
            String name,
            List<CacheCase> cases,
            Map<String, List<String>> failures,
            java.util.function.Predicate<CacheCase> selected) {
        long number = cases.stream().filter(selected).count();
        table.append("| ").append(name).append(" | ").append(number).append(" |");
        for (List<String> failed : failures.values()) {
            int passed = 0;
            for (int i = 0; i < cases.size(); i++) {
                if (selected.test(cases.get(i)) && failed.get(i).isEmpty()) passed++;
            }
            table.append(' ').append(passed).append(" |");
        }
        table.append('\n');
    }

    private static String single(List<CacheCase> cases, Map<String, List<String>> failures) {
        StringBuilder table = new StringBuilder("| case | level |");
        failures.keySet().forEach(name -> table.append(' ').append(name).append(" |"));
        table.append("\n|---|---|").append("---|".repeat(failures.size())).append('\n');
        for (int i = 0; i < cases.size(); i++) {
            table.append("| ")
                    .append(cases.get(i))
                    .append(" | ")
                    .append(cases.get(i).level())
                    .append(" |");
            for (List<String> failed : failures.values()) {
                String failure = failed.get(i);
                String brief = failure.length() > 300 ? failure.substring(0, 300) + "…" : failure;
                table.append(' ')
                        .append(
                                failure.isEmpty()
                                        ? "pass"
                                        : brief.replace("|", "\\|").replace("\n", " "))
                        .append(" |");
            }
            table.append('\n');
        }
        return table.toString();
    }
}
