package dev.kitbridge.services;

import dev.kitbridge.services.internal.ServiceFinder;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CompletionException;

/**
 * Serves the services of its own class path in development, to clients that know the secret, until its standard input
 * is closed.
 *
 * <p>{@value #SOCKET} is the path of the Unix domain socket. Without it, or on a system without such sockets, the host
 * listens on a loopback port. {@value #SECRET} is the secret. The arguments are the names of the interfaces; without
 * arguments, the host searches the class path. When it accepts calls, it writes a line to its standard output: the
 * character U+001E, then {@code Services on <address>: <names>}, where the address is the path or the port. Services
 * write to the same output; the character marks the host's lines, even after a service's unfinished line. If services
 * cannot be started, the host writes the reason to its standard error and exits with 1.
 *
 * <p>If {@value #SUPERVISED} is set, the host loads the services' classes first and writes {@value #LOADED}, or
 * {@value #NOT_LOADED} with the reason. It creates the services when it reads a line, so that the previous host serves
 * until then. The lines of its log begin with their level.
 */
final class ServiceHost {

    static final String SOCKET = ServiceListener.SOCKET;
    static final String SECRET = ServiceListener.SECRET;

    static final String SUPERVISED = "KITBRIDGE_SERVICES_SUPERVISED";

    private static final String LOADED = "Service classes loaded";
    private static final String NOT_LOADED = "Service classes not loaded: ";

    private ServiceHost() {}

    /** Serves until standard input is closed. */
    public static void main(String[] arguments) throws Exception {
        InputStream input = System.in;
        // a service that reads or closes standard input would stop the host
        System.setIn(InputStream.nullInputStream());
        System.exit(run(List.of(arguments), System.getenv(), input, System.err));
    }

    private static int run(List<String> arguments, Map<String, String> environment, InputStream input, PrintStream err)
            throws Exception {
        String secret = environment.getOrDefault(SECRET, "");
        if (secret.length() < 16) {
            err.println(SECRET + " has " + secret.length() + " characters; expected 16 at least");
            return 1;
        }
        List<String> interfaces = arguments.isEmpty() ? ServiceFinder.find(classPath()) : arguments;
        if (environment.containsKey(SUPERVISED) && !isConfirmed(interfaces, input, err)) return 1;
        try (ServiceConnections connections = new ServiceConnections(
                        () -> PlatformServices.load(interfaces, ServiceHost.class.getClassLoader()));
                ServiceListener listener = ServiceListener.open(connections, environment)) {
            connections.openedWithoutServer();
            listener.announce(connections.services().join());
            input.transferTo(OutputStream.nullOutputStream());
            return 0;
        } catch (CompletionException e) {
            // ServiceConnections has logged the reason
            return 1;
        }
    }

    /** Loads the classes and waits for a line. Returns false if they cannot be loaded, or standard input is closed. */
    private static boolean isConfirmed(List<String> interfaces, InputStream input, PrintStream err) throws IOException {
        LevelledLog.to(err);
        try {
            PlatformServices.loadClasses(interfaces, ServiceHost.class.getClassLoader());
        } catch (IllegalArgumentException | LinkageError | ServiceConfigurationError e) {
            String why = e instanceof LinkageError ? e.toString() : String.valueOf(e.getMessage());
            ServiceListener.write(NOT_LOADED + why.replaceAll("\\s+", " "));
            return false;
        }
        ServiceListener.write(LOADED);
        int read = input.read();
        while (read >= 0 && read != '\n') read = input.read();
        return read >= 0;
    }

    private static List<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }
}
