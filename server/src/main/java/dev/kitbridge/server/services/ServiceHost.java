package dev.kitbridge.server.services;

import dev.kitbridge.server.link.Rendezvous;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CompletionException;

/**
 * Serves the services of its own class path, in development: to whoever connects and knows the secret, until its
 * standard input ends.
 *
 * <p>{@value #SOCKET} is the path of the Unix domain socket; without it, or where there are none, it listens on a
 * loopback port. {@value #SECRET} is the secret. Arguments are the interfaces' names; without any, the class path is
 * searched. When calls can be made, it writes {@code Services on <address>: <names>}, where the address is the path or
 * the port; where services cannot be started, it writes why to its standard error and ends with 1.
 *
 * <p>If {@value #SUPERVISED} is set, it loads the services' classes first, writes {@value #LOADED}, or
 * {@value #NOT_LOADED} with the reason, and creates the services when it reads a line: those of another process go on
 * until then. Lines of its log begin with their level.
 */
public final class ServiceHost {

    static final String SOCKET = "KITBRIDGE_SERVICES";
    static final String SECRET = "KITBRIDGE_SERVICES_SECRET";

    static final String SUPERVISED = "KITBRIDGE_SERVICES_SUPERVISED";

    private static final String LOADED = "Service classes loaded";
    private static final String NOT_LOADED = "Service classes not loaded: ";

    private ServiceHost() {}

    /** Serves until standard input ends. */
    public static void main(String[] arguments) throws Exception {
        System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
    }

    private static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err)
            throws Exception {
        String secret = environment.getOrDefault(SECRET, "");
        if (secret.length() < 16) {
            err.println(SECRET + " has " + secret.length() + " characters; expected 16 at least");
            return 1;
        }
        List<String> interfaces = arguments.isEmpty() ? ServiceFinder.find(classPath()) : arguments;
        if (environment.containsKey(SUPERVISED) && !isToldToCreate(interfaces, out, err)) return 1;
        try (Rendezvous rendezvous = Rendezvous.of(environment.getOrDefault(SOCKET, ""), secret);
                Switchboard board =
                        new Switchboard(() -> PlatformServices.load(interfaces, ServiceHost.class.getClassLoader()))) {
            PlatformServices services = board.services().join();
            Thread accepting = new Thread(() -> accept(rendezvous, board), "kitbridge-services-accept");
            accepting.setDaemon(true);
            accepting.start();
            out.println("Services on " + rendezvous.address() + ": " + String.join(", ", services.names()));
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
            return 0;
        } catch (CompletionException e) {
            // the log has said why
            return 1;
        }
    }

    private static boolean isToldToCreate(List<String> interfaces, PrintStream out, PrintStream err)
            throws IOException {
        LevelledLog.to(err);
        try {
            PlatformServices.loadClasses(interfaces, ServiceHost.class.getClassLoader());
        } catch (IllegalArgumentException | LinkageError | ServiceConfigurationError e) {
            String why = e instanceof LinkageError ? e.toString() : String.valueOf(e.getMessage());
            out.println(NOT_LOADED + why.replaceAll("\\s+", " "));
            return false;
        }
        out.println(LOADED);
        int read = System.in.read();
        while (read >= 0 && read != '\n') read = System.in.read();
        return read >= 0;
    }

    private static List<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }

    private static void accept(Rendezvous rendezvous, Switchboard board) {
        try {
            while (true) board.serve(rendezvous.next());
        } catch (ClosedChannelException e) {
            // it is over
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
