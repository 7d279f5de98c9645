package dev.kitbridge.services;

import dev.kitbridge.server.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a call has no result, in words that may leave the JVM.
 *
 * @param name of the error in JavaScript
 * @param message for the app
 * @param status HTTP status with which it becomes kit's {@code error(status, message)}, or 0
 * @param id under which the log has more, or null
 */
record Trouble(String name, String message, int status, @Nullable String id) {

    static final String ARGUMENTS = "WrongArguments";
    static final String UNKNOWN = "UnknownService";
    static final String LIMIT = "LimitExceeded";
    static final String TIMEOUT = "TimedOut";
    static final String FAILED = "ServiceFailed";

    Trouble(String name, String message) {
        this(name, message, 0, null);
    }

    String json() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", name);
        members.put("message", message);
        if (status != 0) members.put("status", status);
        if (id != null) members.put("id", id);
        return Json.write(members);
    }

    /** Ends a call; without a stack trace, since it is no failure of the code that throws it. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1;

        private final transient Trouble trouble;

        Refused(Trouble trouble) {
            super(trouble.message(), null, false, false);
            this.trouble = trouble;
        }

        Refused(String name, String message) {
            this(new Trouble(name, message));
        }

        Trouble trouble() {
            return trouble;
        }
    }
}
