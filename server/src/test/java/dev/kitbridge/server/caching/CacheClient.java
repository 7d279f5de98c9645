package dev.kitbridge.server.caching;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Sends requests to the app through a cache. */
public interface CacheClient {

    /**
     * A response.
     *
     * @param status status
     * @param fields names in lower case and values, in turn
     * @param body decoded as UTF-8
     */
    record Reply(int status, List<String> fields, String body) {

        /** Returns the values of a field joined with commas, or an empty text if it is missing. */
        public String field(String name) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < fields.size(); i += 2) {
                if (!fields.get(i).equals(name)) continue;
                all.append(all.length() == 0 ? "" : ", ").append(fields.get(i + 1));
            }
            return all.toString();
        }

        public boolean has(String name) {
            for (int i = 0; i < fields.size(); i += 2) if (fields.get(i).equals(name)) return true;
            return false;
        }
    }

    /** @param fields names and values, in turn */
    Reply send(String method, String target, List<String> fields) throws IOException;

    /** Sends a GET request to the app, past the cache if that is possible. */
    default Reply ask(String target) throws IOException {
        return send("GET", target, List.of());
    }

    /** Lets time pass for the cache. */
    void pass(int seconds);

    /** Returns the cache's current time. */
    Instant now();
}
