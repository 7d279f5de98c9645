package dev.kitbridge.maven.emulator;

import dev.kitbridge.maven.node.Script;
import dev.kitbridge.server.internal.workers.WorkerModules;
import java.io.IOException;
import java.nio.file.Path;

/** The JavaScript modules of {@code event.platform}, unpacked beside the bridge. */
public final class PlatformModules {

    private PlatformModules() {}

    public static void unpack(Path scratch) throws IOException {
        for (String module : WorkerModules.SERVICE_CLIENT) unpack("services", module, scratch);
        unpack("workers", WorkerModules.PAGE_CACHE, scratch);
    }

    private static void unpack(String folder, String module, Path scratch) throws IOException {
        new Script(WorkerModules.class, "/dev/kitbridge/server/internal/" + folder + "/" + module)
                .unpack(scratch.resolve(folder));
    }
}
