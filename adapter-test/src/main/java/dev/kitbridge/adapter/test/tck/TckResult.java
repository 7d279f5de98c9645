package dev.kitbridge.adapter.test.tck;

import java.util.List;
import java.util.Set;

/**
 * The result of a case.
 *
 * @param tested the case
 * @param server the name of the server
 * @param verdict the verdict
 * @param differences the names of intended differences that were found, or the reason of a tolerance
 * @param lines what differs from the expected response, as {@code what: expected -> actual}
 */
public record TckResult(TckCase tested, String server, Verdict verdict, Set<String> differences, List<String> lines) {

    /** A verdict on a case. */
    public enum Verdict {
        /** The response is adapter-node's, or the one that an intended difference describes. */
        PASSED,
        /** The response is another one that {@link StandardDifferences} permits. */
        PERMITTED,
        /** The response is another one that the server's author tolerates. */
        TOLERATED,
        /** The response is another one. */
        FAILED
    }

    /** Describes a failure. */
    @Override
    public String toString() {
        return server + ": " + tested.request() + " [" + tested.demand().id() + "] " + String.join("; ", lines);
    }
}
