package dev.kitbridge.adapter.test.tck;

import java.util.List;
import java.util.Map;

/**
 * A response as received.
 *
 * @param status 0 without a response
 * @param headers names in lower case, with their values in order
 * @param body without its framing
 * @param cut whether the connection ended before the body was complete
 */
@SuppressWarnings("ArrayRecordComponent") // the comparison compares bodies by their bytes
public record RawResponse(int status, Map<String, List<String>> headers, byte[] body, boolean cut) {

    /** The connection ended before a response. */
    static final RawResponse NONE = new RawResponse(0, Map.of(), new byte[0], true);

    /**
     * Returns whether there is such a header.
     *
     * @param name in lower case
     * @return whether it has a value, which may be empty
     */
    public boolean has(String name) {
        return headers.containsKey(name);
    }

    /**
     * Returns the values of a header.
     *
     * @param name in lower case
     * @return the values, separated by {@code " | "}; {@code -} without the header
     */
    public String values(String name) {
        return headers.containsKey(name) ? String.join(" | ", headers.get(name)) : "-";
    }
}
