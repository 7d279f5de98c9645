package dev.kitbridge.maven.emulator;

import dev.kitbridge.maven.node.Script;
import dev.kitbridge.server.services.PlatformServices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The JavaScript modules with which an app calls services, unpacked beside the bridge. */
public final class ServiceClient {

    private static final List<String> MODULES = List.of("services.mjs", "stream.mjs", "values.mjs", "wire.mjs");

    private ServiceClient() {}

    public static void unpack(Path scratch) throws IOException {
        for (String module : MODULES) new Script(PlatformServices.class, module).unpack(scratch.resolve("services"));
    }
}
