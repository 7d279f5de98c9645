package dev.kitbridge.standalone;

import dev.kitbridge.server.Init;
import dev.kitbridge.server.Server;
import dev.kitbridge.server.StartException;
import dev.kitbridge.server.packed.PackedApp;
import dev.kitbridge.server.packed.Unpacked;
import dev.kitbridge.standalone.front.Front;
import dev.kitbridge.standalone.product.CacheWatch;
import dev.kitbridge.standalone.product.ClassArchive;
import dev.kitbridge.standalone.product.JarClasses;
import dev.kitbridge.standalone.product.ModuleServices;
import dev.kitbridge.standalone.product.Product;
import dev.kitbridge.standalone.settings.Arguments;
import dev.kitbridge.standalone.settings.Environment;
import dev.kitbridge.standalone.settings.Help;
import dev.kitbridge.standalone.settings.Settings;
import dev.kitbridge.standalone.settings.Variable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Serves the app in the same jar. */
public final class Main {

    /**
     * The reason of the shutdown for {@code sveltekit:shutdown}; null before it, and if other code called System.exit.
     */
    private static volatile @Nullable String reason;

    private static volatile int code;
    private static final long BEGUN = System.nanoTime();

    private Main() {}

    /** Starts the server, which stops on SIGTERM or SIGINT. */
    public static void main(String[] arguments) throws Exception {
        // the default starts a helper process for each process, which takes longer than the process; Java 25 deprecates
        // this one
        if (Runtime.version().feature() < 25
                && System.getProperty("os.name").equals("Linux")
                && System.getProperty("jdk.lang.Process.launchMechanism") == null) {
            System.setProperty("jdk.lang.Process.launchMechanism", "VFORK");
        }
        ProcessLocale.writeUtf8();
        Thread.setDefaultUncaughtExceptionHandler(new OutOfMemory());
        Logging.configure();
        Thread warming = new Thread(Front::warm, "kitbridge-warm");
        warming.setDaemon(true);
        warming.start();
        try {
            run(Arguments.of(List.of(arguments)));
        } catch (StartException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (InvalidPathException e) {
            System.err.println(ProcessLocale.refusal(e, System.getenv()));
            System.exit(1);
        } catch (IOException e) {
            System.err.println("The app could not be started: " + e);
            System.exit(1);
        }
    }

    private static void run(Arguments arguments) throws Exception {
        Product product = Product.own();
        Environment environment = new Environment(System.getenv(), product.envPrefix());
        if (arguments instanceof Arguments.Help) {
            System.out.print(Help.text(environment));
        } else if (arguments instanceof Arguments.Version) {
            System.out.println(product.title());
        } else if (arguments instanceof Arguments.Check check) {
            System.exit(check(product, environment, check.target()) ? 0 : 1);
        } else if (arguments instanceof Arguments.MakeArchive archive) {
            Settings.of(environment);
            System.out.println(ClassArchive.make(product.jar(), archive.file(), environment.values()));
        } else {
            serve(product, environment);
        }
    }

    private static void serve(Product product, Environment environment) throws Exception {
        Settings settings = Settings.of(environment);
        PackedApp app = app();
        Instance instance = start(app, product, settings, environment);
        System.out.println(new Banner(
                        instance.address(),
                        product.title(),
                        instance.base(),
                        instance.kit(),
                        app.javaScript(),
                        settings.workers(),
                        ModuleServices.names(),
                        instance.managementAddress(),
                        Duration.ofNanos(System.nanoTime() - BEGUN))
                .text());
        JarClasses.of(product, instance.managementAddress() != null).loadLater();
        Signals.on("INT", () -> exit("SIGINT", 0));
        Signals.on("HUP", () -> exit("SIGTERM", 0));
        boolean known = Signals.on("TERM", () -> exit("SIGTERM", 0));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(instance, known), "kitbridge-shutdown"));
        instance.started().whenComplete((nothing, failure) -> {
            if (failure != null) giveUp(failure, environment.name(Variable.START_TRIES));
        });
    }

    /** Exits, so that a supervisor sees that the app does not start. */
    private static void giveUp(Throwable failure, String variable) {
        System.err.println(
                Instance.startFailure(failure) + "; with " + variable + "=0 the process waits and tries again");
        // System.exit waits for the shutdown hook, which waits for the thread of the worker that failed
        new Thread(() -> exit("SIGTERM", 1), "kitbridge-failed").start();
    }

    /** @param known whether {@link #exit} handles every signal */
    private static void end(Instance instance, boolean known) {
        String why = reason;
        if (known && why == null) System.err.println("System.exit was called" + caller());
        try {
            instance.stop(why == null ? "SIGTERM" : why);
        } catch (RuntimeException | Error e) {
            // a missing class, for example: the process exits nevertheless
            System.err.println("The shutdown failed: " + e);
            Runtime.getRuntime().halt(1);
        }
        // without this the exit code would be that of the signal
        if (!known) Runtime.getRuntime().halt(code);
    }

    /** Returns the stack frames of the thread that called System.exit: a service of the app, or a library. */
    private static String caller() {
        return Thread.getAllStackTraces().values().stream()
                .filter(frames -> Stream.of(frames)
                        .anyMatch(frame -> frame.getClassName().equals("java.lang.Runtime")
                                && frame.getMethodName().equals("exit")))
                .flatMap(Stream::of)
                .filter(frame -> !frame.getClassName().startsWith("java."))
                .limit(8)
                .map(frame -> "\n\tat " + frame)
                .collect(Collectors.joining());
    }

    private static void exit(String why, int with) {
        reason = why;
        code = with;
        System.exit(with);
    }

    private static boolean check(Product product, Environment environment, String path) throws Exception {
        Environment own = Check.environment(environment);
        Settings settings = Settings.of(own);
        long begun = System.nanoTime();
        Instance instance = start(app(), product, settings, own);
        String target = path.equals("/") ? instance.base() + path : path;
        try {
            // a file is served before that, and would not show that the app starts
            Check.awaitStart(instance.started());
            boolean tls = settings.listening().tls() != null;
            String host = Check.host(settings.forwarding());
            int status = Check.get((InetSocketAddress) instance.socket(), tls, host, target);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            System.out.println(
                    "GET " + target + " was answered with " + status + ", " + millis + " ms after the start");
            return status < 400;
        } catch (IOException e) {
            throw new StartException("GET " + target + " was not answered: " + e.getMessage());
        } finally {
            instance.stop("SIGTERM");
        }
    }

    private static PackedApp app() throws IOException {
        return PackedApp.of(Main.class.getClassLoader());
    }

    private static Instance start(PackedApp app, Product product, Settings settings, Environment environment)
            throws Exception {
        return Instance.start(
                settings,
                environment.prefix(),
                () -> open(app, product, settings),
                new FileOutputStream(FileDescriptor.out),
                () -> new Thread(() -> exit("IDLE", 0), "kitbridge-idle").start());
    }

    private static Server open(PackedApp app, Product product, Settings settings) throws IOException {
        Unpacked unpacked = app.unpack(System.getenv());
        Init init = new Init(
                app.javaScript(),
                List.of(app.runtime(unpacked)),
                System.getenv(),
                settings.workers(),
                settings.workerTimeout(),
                settings.workerMemory(),
                settings.bodySizeLimit(),
                settings.headersLimit(),
                1000,
                settings.startTries(),
                settings.basePath(),
                settings.pageCache(),
                (worker, line, error) -> (error ? System.err : System.out).println(line));
        Server server = Server.open(
                unpacked.app(), init, ModuleServices.connector(product, settings.services()), unpacked.files());
        String base = server.site().base();
        if (!settings.basePath().isEmpty() && !base.equals(settings.basePath())) {
            server.close("SIGTERM", Duration.ZERO);
            throw new StartException(
                    "The environment variable " + product.envPrefix() + "BASE_PATH is '" + settings.basePath()
                            + "', but the app was built for the base path '" + base + "'; remove one of the two");
        }
        CacheWatch.start(unpacked);
        return server;
    }
}
