package dev.kitbridge.adapters.jvm.run;

import dev.kitbridge.server.Init;
import dev.kitbridge.server.Server;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** Serves the app that lies in the same jar. */
public final class Main {

    private Main() {}

    /** Starts; ends with SIGTERM. */
    public static void main(String[] arguments) throws Exception {
        Attributes product = product();
        Settings settings;
        try {
            settings = Settings.of(new Environment(System.getenv(), prefix(product)));
        } catch (Environment.Invalid e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        Path cache = CacheFolder.of(System.getenv());
        Unpacking.Unpacked unpacked;
        try {
            unpacked = new Unpacking(Main.class.getClassLoader(), cache).unpack(platform());
        } catch (IOException e) {
            System.err.println("The app could not be unpacked to " + cache + ": " + e.getMessage()
                    + "; set CACHE_DIRECTORY to a folder that is writable and has room");
            System.exit(1);
            return;
        }
        Init init = new Init(
                "bun".equals(product.getValue("Kitbridge-Runtime")) ? Init.JavaScript.BUN : Init.JavaScript.NODE,
                List.of(runtime(product, unpacked)),
                System.getenv(),
                settings.workers(),
                settings.workerTimeout(),
                settings.workerMemory(),
                settings.bodySizeLimit(),
                1000,
                (worker, line, error) -> (error ? System.err : System.out).println(line));
        Server server = Server.open(unpacked.app(), init);
        Front front = new Front(settings, server);
        front.start();
        System.out.println("Listening on " + front.address());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(front, server, settings)));
    }

    /** In Node's words. */
    private static String platform() {
        String os = System.getProperty("os.name");
        String arch = System.getProperty("os.arch");
        return (os.startsWith("Mac")
                        ? "darwin"
                        : os.startsWith("Windows") ? "win" : os.toLowerCase(java.util.Locale.ROOT))
                + "-"
                + (arch.equals("amd64") || arch.equals("x86_64") ? "x64" : arch.equals("aarch64") ? "arm64" : arch);
    }

    /** The one in the jar, else the one on the machine. */
    private static String runtime(Attributes product, Unpacking.Unpacked unpacked) {
        if (unpacked.runtime() != null) return unpacked.runtime().toString();
        String name = product.getValue("Kitbridge-Runtime");
        return name == null ? "node" : name;
    }

    private static void stop(Front front, Server server, Settings settings) {
        try {
            front.stop();
        } catch (Exception e) {
            System.err.println("Not everything could be finished: " + e.getMessage());
        }
        server.close("SIGTERM", settings.shutdownTimeout());
        // without this the exit code would be that of the signal
        Runtime.getRuntime().halt(0);
    }

    private static Attributes product() throws IOException {
        try (InputStream in = Main.class.getClassLoader().getResourceAsStream("META-INF/MANIFEST.MF")) {
            return in == null ? new Attributes() : new Manifest(in).getMainAttributes();
        }
    }

    private static String prefix(Attributes product) {
        String prefix = product.getValue("Kitbridge-Env-Prefix");
        return prefix == null ? "" : prefix;
    }
}
