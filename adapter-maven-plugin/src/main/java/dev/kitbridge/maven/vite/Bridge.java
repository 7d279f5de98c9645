package dev.kitbridge.maven.vite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The bridge's modules, which are put into the app's own scratch folder so that their imports are the app's. */
final class Bridge {

    private static final List<String> MODULES =
            List.of("bridge.mjs", "fork.mjs", "hooks.mjs", "record.mjs", "server.mjs", "swap.mjs");

    private Bridge() {}

    /**
     * Writes the modules.
     *
     * @return the one to start
     */
    static Path unpack(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String module : MODULES) Files.write(folder.resolve(module), read(module));
        return folder.resolve(MODULES.get(0));
    }

    static String digest() throws IOException {
        Fingerprint fingerprint = new Fingerprint();
        for (String module : MODULES) fingerprint.add(module, Fingerprint.sha256(read(module)));
        return fingerprint.digest();
    }

    private static byte[] read(String module) throws IOException {
        try (InputStream in = Bridge.class.getResourceAsStream(module)) {
            if (in == null) throw new IOException("the plugin's jar holds no " + module);
            return in.readAllBytes();
        }
    }
}
