package dev.kitbridge.adapter.test.tck;

import dev.kitbridge.adapter.test.tck.TckResult.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Judges a server's responses to a case.
 *
 * @param reference adapter-node's server
 * @param intended the differences that the server must have
 * @param tolerances the cases in which it may respond as it likes
 * @param millis the timeout of the server's responses
 * @param broken how many requests had no response in HTTP
 */
record Evaluation(
        Reference reference, List<Difference> intended, List<Tolerance> tolerances, int millis, AtomicInteger broken) {

    /** A server that fails to respond so many times gets no further request, so that the run ends in minutes. */
    private static final int BROKEN = 10;

    TckResult evaluate(TckCase tested, String server, List<RawResponse> expected, Endpoint endpoint) {
        List<RawResponse> actual;
        try {
            if (broken.get() >= BROKEN)
                throw new IOException("not sent, since " + BROKEN + " requests had no response");
            actual = Wire.send(endpoint, tested.request(), millis);
        } catch (IOException e) {
            broken.incrementAndGet();
            List<String> lines = List.of("response: " + e.getMessage());
            return tolerated(tested, server, lines);
        }
        Set<String> found = new LinkedHashSet<>();
        List<String> lines = differences(tested, server, expected, actual, intended, found);
        if (lines.isEmpty()) return new TckResult(tested, server, Verdict.PASSED, found, lines);
        Set<String> permitted = new LinkedHashSet<>();
        List<Difference> all = Stream.concat(StandardDifferences.ALL.stream(), intended.stream())
                .distinct()
                .toList();
        // a server whose author intends all of them must have them
        boolean isFree = all.size() > intended.size();
        if (isFree
                && differences(tested, server, expected, actual, all, permitted).isEmpty()) {
            return new TckResult(tested, server, Verdict.PERMITTED, permitted, List.of());
        }
        return tolerated(tested, server, lines);
    }

    private TckResult tolerated(TckCase tested, String server, List<String> lines) {
        for (Tolerance tolerance : tolerances) {
            if (!tolerance.covers(tested)) continue;
            return new TckResult(tested, server, Verdict.TOLERATED, Set.of(tolerance.reason()), lines);
        }
        return new TckResult(tested, server, Verdict.FAILED, Set.of(), lines);
    }

    private List<String> differences(
            TckCase tested,
            String server,
            List<RawResponse> expected,
            List<RawResponse> actual,
            List<Difference> intended,
            Set<String> found) {
        List<String> lines = new ArrayList<>();
        if (expected.size() != actual.size()) lines.add("responses: " + expected.size() + " -> " + actual.size());
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            RawRequest request = tested.request().part(i);
            Exchange exchange = new Exchange(server, request, expected.get(i), actual.get(i), reference);
            lines.addAll(unintended(exchange, intended, found));
        }
        return lines;
    }

    /** @param found receives the names of the intended differences, if there is no other */
    private static List<String> unintended(Exchange asked, List<Difference> intended, Set<String> found) {
        Exchange now = asked;
        List<String> applied = new ArrayList<>();
        for (Difference one : intended) {
            if (!one.when().test(now)) continue;
            Exchange next = one.then().apply(now);
            if (!Comparison.differences(asked.request(), now.expected(), next.expected())
                    .isEmpty()) applied.add(one.name());
            now = next;
        }
        List<String> lines = new ArrayList<>(Comparison.differences(asked.request(), now.expected(), asked.actual()));
        lines.addAll(now.untrueLength());
        if (lines.isEmpty()) found.addAll(applied);
        if (applied.isEmpty()) return lines;
        return lines.stream()
                .map(line -> line + " (expected by " + String.join(", ", applied) + ")")
                .toList();
    }
}
