package dev.kitbridge.maven.services;

import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.process.ChildProcess;
import dev.kitbridge.maven.process.ProcessLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A JVM with the services. It loads their classes at its start and creates the services on request: until then, another
 * JVM may hold a resource that they need exclusively, such as a port.
 */
final class ServiceJvm implements AutoCloseable {

    /** Lines that {@code ServiceHost} writes. */
    private static final String LOADED = ChildProcess.MARK + "Service classes loaded";

    private static final String NOT_LOADED = ChildProcess.MARK + "Service classes not loaded: ";
    private static final String READY = ChildProcess.MARK + "Services on ";

    private final ChildProcess.Running process;
    private final Path socket;
    private final String secret;
    private final ProcessLog output;
    private final CompletableFuture<Void> loaded = new CompletableFuture<>();
    private final CompletableFuture<JavaServices.Address> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /**
     * Starts a JVM.
     *
     * @param command the command line of the JVM
     * @param directory its working directory
     * @param socket the Unix domain socket to listen on, if the system supports them
     * @param secret authenticates the caller
     * @param output Maven's log
     */
    ServiceJvm(List<String> command, Path directory, Path socket, String secret, ProcessLog output) throws IOException {
        this.socket = socket;
        this.secret = secret;
        this.output = output;
        Map<String, String> environment = Map.of(
                "KITBRIDGE_SERVICES",
                socket.toString(),
                "KITBRIDGE_SERVICES_SECRET",
                secret,
                "KITBRIDGE_SERVICES_SUPERVISED",
                "true");
        this.process = new ChildProcess(command, directory, environment).start();
        Thread reader = new Thread(this::follow, "kitbridge-services");
        reader.setDaemon(true);
        reader.start();
    }

    /** Creates the services, as soon as their classes are loaded. */
    void create() {
        process.tell("create");
    }

    /**
     * Completes when the classes are loaded. Fails with a {@link UserFailure} if they cannot be loaded, and with
     * another exception if the JVM does not start.
     */
    CompletableFuture<Void> loaded() {
        return loaded;
    }

    /** Completes when the services can be called. */
    CompletableFuture<JavaServices.Address> ready() {
        return ready;
    }

    /** Returns whether the JVM has ended after its services were ready. A JVM that failed before would fail again. */
    boolean isLost() {
        return ended.isDone() && !ready.isCompletedExceptionally();
    }

    private void follow() {
        try {
            ChildProcess.Result result = process.await((text, error) -> line(text), seconds -> {});
            loaded.completeExceptionally(new IllegalStateException("the JVM has ended"));
            ready.completeExceptionally(
                    new UserFailure("The module's services ended with exit code " + result.exitCode()
                            + "; their last lines:\n  " + String.join("\n  ", ProcessLog.plain(result.tail()))));
        } catch (IOException | RuntimeException e) {
            loaded.completeExceptionally(e);
            ready.completeExceptionally(e);
        } finally {
            ended.complete(null);
        }
    }

    private void line(String text) {
        if (!loaded.isDone() && text.equals(LOADED)) {
            loaded.complete(null);
        } else if (!loaded.isDone() && text.startsWith(NOT_LOADED)) {
            UserFailure failure = new UserFailure(
                    "The classes of the module's services cannot be loaded: " + text.substring(NOT_LOADED.length()));
            loaded.completeExceptionally(failure);
            ready.completeExceptionally(failure);
        } else if (!ready.isDone() && text.startsWith(READY)) {
            int end = text.lastIndexOf(": ");
            output.say("Services: " + text.substring(end + 2));
            ready.complete(new JavaServices.Address(text.substring(READY.length(), end), secret));
        } else {
            output.line(text, false);
        }
    }

    @Override
    public void close() {
        process.close();
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            output.warn(socket + " could not be deleted: " + e.getMessage());
        }
    }
}
