package dev.kitbridge.adapters.jvm.run;

import dev.kitbridge.server.Init;
import dev.kitbridge.server.Server;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** Serves the app that lies in the same jar. */
public final class Main {

    private static volatile String reason = "SIGTERM";

    private Main() {}

    /** Starts; ends with SIGTERM or SIGINT. */
    public static void main(String[] arguments) throws Exception {
        Logging.configure();
        try {
            run(Arguments.of(List.of(arguments)));
        } catch (Refusal e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (IOException e) {
            System.err.println("The app could not be started: " + e);
            System.exit(1);
        }
    }

    private static void run(Arguments arguments) throws Exception {
        Attributes product = product();
        String prefix = product.getValue("Kitbridge-Env-Prefix");
        Environment environment = new Environment(System.getenv(), prefix == null ? "" : prefix);
        if (arguments instanceof Arguments.Help) {
            System.out.print(Help.text(environment));
        } else if (arguments instanceof Arguments.Version) {
            System.out.println(product.getValue(Attributes.Name.IMPLEMENTATION_TITLE) + " "
                    + product.getValue(Attributes.Name.IMPLEMENTATION_VERSION));
        } else if (arguments instanceof Arguments.Check check) {
            System.exit(check(environment, check.target()) ? 0 : 1);
        } else if (arguments instanceof Arguments.MakeArchive archive) {
            Settings.of(environment);
            System.out.println(ClassArchive.make(jar(), archive.file(), environment.values()));
        } else {
            serve(environment);
        }
    }

    private static void serve(Environment environment) throws Exception {
        Settings settings = Settings.of(environment);
        Instance instance = start(settings, environment);
        System.out.println("Listening on " + instance.address());
        String management = instance.managementAddress();
        if (management != null) System.out.println("Management on " + management);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            instance.stop(reason);
                            // without this the exit code would be that of the signal
                            Runtime.getRuntime().halt(0);
                        },
                        "kitbridge-shutdown"));
        Signals.onInterrupt(() -> exit("SIGINT"));
    }

    private static void exit(String why) {
        reason = why;
        System.exit(0);
    }

    private static boolean check(Environment environment, String target) throws Exception {
        Environment own = Check.environment(environment);
        Settings settings = Settings.of(own);
        long begun = System.nanoTime();
        Instance instance = start(settings, own);
        try {
            boolean tls = settings.listening().tls() != null;
            String host = Check.host(settings.forwarding());
            int status = Check.get((InetSocketAddress) instance.socket(), tls, host, target);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            System.out.println(
                    "GET " + target + " was answered with " + status + ", " + millis + " ms after the start");
            return status < 400;
        } catch (IOException e) {
            throw new Refusal("GET " + target + " was not answered: " + e.getMessage());
        } finally {
            instance.stop("SIGTERM");
        }
    }

    private static Instance start(Settings settings, Environment environment) throws Exception {
        return Instance.start(
                settings,
                environment.prefix(),
                () -> open(settings),
                new FileOutputStream(FileDescriptor.out),
                () -> new Thread(() -> exit("IDLE"), "kitbridge-idle").start());
    }

    private static Server open(Settings settings) throws IOException {
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "kitbridge", "run");
        Path unpacked = Unpacking.unpack(cache);
        Init init = new Init(
                List.of("node"),
                System.getenv(),
                settings.workers(),
                settings.workerTimeout(),
                settings.workerMemory(),
                settings.bodySizeLimit(),
                1000,
                (worker, line, error) -> (error ? System.err : System.out).println(line));
        return Server.open(unpacked.resolve("app"), init);
    }

    private static Path jar() {
        try {
            Path jar = Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isRegularFile(jar)) return jar;
            throw new Refusal("--make-archive needs the app's jar; this is the folder " + jar);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Attributes product() throws IOException {
        try (InputStream in = Main.class.getClassLoader().getResourceAsStream("META-INF/MANIFEST.MF")) {
            return in == null ? new Attributes() : new Manifest(in).getMainAttributes();
        }
    }
}
