package dev.kitbridge.maven.emulator;

import dev.kitbridge.maven.node.Script;
import dev.kitbridge.server.internal.workers.WorkerModules;
import java.io.IOException;
import java.nio.file.Path;

/** The JavaScript modules with which an app calls services, unpacked beside the bridge. */
public final class ServiceClient {

    private ServiceClient() {}

    public static void unpack(Path scratch) throws IOException {
        for (String module : WorkerModules.SERVICE_CLIENT) {
            new Script(WorkerModules.class, "/dev/kitbridge/server/internal/services/" + module)
                    .unpack(scratch.resolve("services"));
        }
    }
}
