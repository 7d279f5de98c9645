package dev.kitbridge.it.parity;

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
record Answer(int status, Map<String, List<String>> headers, byte[] body, boolean cut) {

    /** The connection ended before a response. */
    static final Answer NONE = new Answer(0, Map.of(), new byte[0], true);

    String values(String name) {
        return headers.containsKey(name) ? String.join(" | ", headers.get(name)) : "-";
    }
}
