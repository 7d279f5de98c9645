package dev.kitbridge.adapter.test.tck;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.AssertionFailedError;

/** The results of the suite as tests of JUnit. */
public final class TckTests {

    private TckTests() {}

    /**
     * Returns a container for each demand, with a test for each case. A method with {@code @TestFactory} returns them.
     *
     * @param report the results
     * @return containers with tests that pass or fail as the cases did; one failed test if there is no case
     */
    public static Stream<DynamicNode> of(TckReport report) {
        Stream<DynamicNode> demands = report.byDemand().entrySet().stream()
                .map(one -> DynamicContainer.dynamicContainer(
                        one.getKey().id(), one.getValue().stream().map(result -> test(one.getKey(), result))));
        List<DynamicTest> others = report.unused().stream()
                .map(one -> failing("tolerance " + one.demand(), "No difference needs the tolerance: " + one.reason()))
                .toList();
        if (report.results().isEmpty()) return Stream.of(failing("cases", "There is no case"));
        return Stream.concat(demands, others.stream());
    }

    private static DynamicTest test(Demand demand, TckResult result) {
        String name = result.server() + ": " + result.tested().request();
        if (result.verdict() == TckResult.Verdict.FAILED) {
            return failing(name, demand.text() + " (" + demand.source() + ")\n" + String.join("\n", result.lines()));
        }
        return DynamicTest.dynamicTest(name, () -> {});
    }

    private static DynamicTest failing(String name, String message) {
        return DynamicTest.dynamicTest(name, () -> {
            throw new AssertionFailedError(message);
        });
    }
}
