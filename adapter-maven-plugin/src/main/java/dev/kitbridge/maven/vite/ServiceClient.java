package dev.kitbridge.maven.vite;

import dev.kitbridge.maven.node.Script;
import dev.kitbridge.server.workers.WorkerModules;
import java.io.IOException;
import java.nio.file.Path;

/** The workers' JavaScript client of Java services, put beside the bridge. */
final class ServiceClient {

    private ServiceClient() {}

    static void unpack(Path scratch) throws IOException {
        for (String module : WorkerModules.SERVICE_CLIENT) {
            new Script(WorkerModules.class, "/dev/kitbridge/server/services/" + module)
                    .unpack(scratch.resolve("services"));
        }
    }
}
