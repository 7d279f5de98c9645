package dev.kitbridge.services;

import dev.kitbridge.server.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The error of a call. The app gets its name, message, status and id. It has no stack trace: the code that throws it
 * did not fail.
 */
final class CallException extends Exception {

    static final String ARGUMENTS = "WrongArguments";
    static final String UNKNOWN = "UnknownService";
    static final String LIMIT = "LimitExceeded";
    static final String TIMEOUT = "TimedOut";
    static final String FAILED = "ServiceFailed";

    private static final long serialVersionUID = 1;

    private final String name;
    private final String text;
    private final int status;
    private final @Nullable String id;
    private final transient Map<String, Object> body;

    CallException(String name, String message) {
        this(name, message, 0, null, Map.of());
    }

    /**
     * @param name of the error in JavaScript
     * @param message for the app
     * @param status HTTP status with which it becomes kit's {@code error(status, message)}, or 0
     * @param id with which the log marks the details, or null
     * @param body further members of the error's body in kit
     */
    CallException(String name, String message, int status, @Nullable String id, Map<String, Object> body) {
        super(message, null, false, false);
        this.name = name;
        this.text = message;
        this.status = status;
        this.id = id;
        this.body = body;
    }

    /**
     * Returns the error of a call that exceeds a limit.
     *
     * @param method {@code catalog.search}
     */
    static CallException limit(String method, String reason) {
        return new CallException(LIMIT, method + " was not called: " + reason);
    }

    /** Returns the payload of {@link ServiceFrame#ERROR}. */
    String json() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", name);
        members.put("message", text);
        if (status != 0) members.put("status", status);
        if (id != null) members.put("id", id);
        if (!body.isEmpty()) members.put("body", body);
        return Json.write(members);
    }
}
