package dev.kitbridge.server.internal.workers;

import dev.kitbridge.server.Init;
import dev.kitbridge.server.internal.Processes;
import dev.kitbridge.server.internal.link.Rendezvous;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts workers as processes of the JavaScript runtime. */
final class ProcessStarter implements WorkerProcess.Starter, Closeable {

    private static final System.Logger LOG = System.getLogger(ProcessStarter.class.getName());

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    private final Init init;
    private final Path entry;
    /** A folder that only this user can enter. */
    private final Path sockets;

    private final boolean unix;
    private final @Nullable Consumer<SocketChannel> services;
    private final Guard guard;
    private final StartOutput.Series outputs = new StartOutput.Series();

    /**
     * @param entry the module that runs a worker
     * @param services receives each worker's connection for service calls; null if the app has no services
     */
    ProcessStarter(Init init, Path entry, @Nullable Consumer<SocketChannel> services) throws IOException {
        this(init, entry, System.getProperty("os.name").startsWith("Windows"), services);
    }

    /** @param windows Node has no Unix domain sockets there, and folders have other permissions */
    private ProcessStarter(Init init, Path entry, boolean windows, @Nullable Consumer<SocketChannel> services)
            throws IOException {
        this(init, entry, windows ? Files.createTempDirectory("kitbridge") : privateFolder(), !windows, services);
    }

    /**
     * @param sockets a folder for this object alone, which it deletes
     * @param unix whether the runtime has Unix domain sockets
     */
    ProcessStarter(Init init, Path entry, Path sockets, boolean unix, @Nullable Consumer<SocketChannel> services) {
        this.init = init;
        this.entry = entry;
        this.services = services;
        this.unix = unix;
        this.sockets = sockets;
        this.guard = new Guard(sockets);
    }

    /**
     * Creates a folder as {@link Files#createTempDirectory} does, without the class loading of {@code SecureRandom}.
     */
    private static Path privateFolder() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        while (true) {
            Path folder = temporary.resolve(
                    "kitbridge" + ProcessHandle.current().pid() + "-" + Long.toString(System.nanoTime(), 36));
            try {
                return Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PRIVATE));
            } catch (FileAlreadyExistsException e) {
                // possibly another user's: try another name
            }
        }
    }

    @Override
    public WorkerProcess start(int number) throws IOException {
        Rendezvous rendezvous = rendezvous("w" + number);
        Rendezvous second = null;
        try {
            ProcessBuilder builder = new ProcessBuilder(command());
            Map<String, String> environment = builder.environment();
            environment.clear();
            environment.putAll(init.environment());
            environment.put("KITBRIDGE_LINK", rendezvous.address());
            environment.put("KITBRIDGE_SECRET", rendezvous.secret());
            environment.put("KITBRIDGE_BASE", init.base());
            environment.put("KITBRIDGE_BODY_LIMIT", String.valueOf(init.bodyLimit()));
            environment.put("KITBRIDGE_HEADERS_LIMIT", String.valueOf(init.headersLimit()));
            if (services != null) {
                second = rendezvous("s" + number);
                environment.put("KITBRIDGE_SERVICES", second.address());
                environment.put("KITBRIDGE_SERVICES_SECRET", second.secret());
            }
            Process process = Processes.start(builder);
            if (second != null) awaitServiceConnection(second, process, number);
            guard.add(process.pid());
            process.onExit().thenRun(() -> guard.remove(process.pid()));
            return new RuntimeProcess(process, rendezvous, outputs.to((line, error) -> init.output()
                    .line(number, line, error)));
        } catch (IOException e) {
            rendezvous.close();
            if (second != null) second.close();
            throw new IOException("could not be started: " + e.getMessage(), e);
        }
    }

    private void awaitServiceConnection(Rendezvous rendezvous, Process process, int number) {
        Consumer<SocketChannel> receiver = services;
        if (receiver == null) return;
        process.onExit().thenRun(rendezvous::close);
        Thread thread = new Thread(
                () -> {
                    try {
                        receiver.accept(rendezvous.await());
                    } catch (IOException e) {
                        LOG.log(Level.DEBUG, "worker " + number + " exited before it connected to the services");
                    }
                },
                "kitbridge-worker-" + number + "-services");
        thread.setDaemon(true);
        thread.start();
    }

    /** Falls back to a loopback port, for example if the folder's path is too long for a socket. */
    private Rendezvous rendezvous(String name) throws IOException {
        if (unix) {
            try {
                return Rendezvous.at(sockets.resolve(name));
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "no Unix domain socket, so a loopback port: " + e.getMessage());
            }
        }
        return Rendezvous.atLoopback();
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(init.command());
        if (init.runtime() == Init.JavaScript.NODE && init.memory() > 0) {
            command.add(1, "--max-old-space-size=" + (new MemoryLimit(init.memory()).heap() >> 20));
        }
        command.add(entry.toString());
        return command;
    }

    @Override
    public void close() {
        guard.close();
        try {
            Files.deleteIfExists(sockets);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the folder of sockets could not be deleted", e);
        }
    }
}
