package dev.kitbridge.maven.goal;

import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.json.Jackson;
import dev.kitbridge.maven.serve.ViteServer;
import dev.kitbridge.maven.services.ModuleClasses;
import dev.kitbridge.maven.types.ServiceInterfaces;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reports the answer of one path: its status and {@code event.platform}.
 *
 * @param path path and query
 * @param request the parameters
 */
record PathCheck(String path, GoalRequest request) {

    /**
     * Logs the answer.
     *
     * @throws UserFailure if the status is 400 or above
     */
    void report(ViteServer.Answer answer) throws IOException {
        String location = answer.location();
        request.log().say(path + " answered " + answer.status() + (location == null ? "" : ", to " + location));
        request.log()
                .say("event.platform: "
                        + (answer.platform() == null
                                ? "not used: a prerendered page or a file was served"
                                : Jackson.sorted(withServices(answer.platform()))));
        if (answer.status() >= 400) throw new UserFailure(path + " answered " + answer.status());
    }

    /** Lists the services with their methods: in JavaScript, {@code services} is a proxy with no properties. */
    private Map<String, Object> withServices(Map<String, Object> platform) throws IOException {
        if (!platform.containsKey("services")) return platform;
        ModuleClasses classes = request.module().classes(false);
        Map<String, Object> named = new TreeMap<>(platform);
        try (ServiceInterfaces services = new ServiceInterfaces(classes.classPath(), classes.interfaces())) {
            named.put("services", services.methods());
        }
        return named;
    }
}
