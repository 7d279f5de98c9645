package dev.kitbridge.servlet;

import dev.kitbridge.server.ServiceConnector;
import dev.kitbridge.server.packed.PackedApp;
import dev.kitbridge.services.PlatformServices;
import dev.kitbridge.services.ServiceConnections;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The services of a web application, which the build found in its classes. */
final class WarServices {

    private WarServices() {}

    /** Begins to load the services. Returns null if the build found none. */
    static @Nullable ServiceConnector connector(ClassLoader loader) throws IOException {
        try (InputStream in = loader.getResourceAsStream(PackedApp.SERVICES)) {
            if (in == null) return null;
            List<String> interfaces = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return new ServiceConnections(() -> PlatformServices.load(interfaces, loader));
        }
    }
}
