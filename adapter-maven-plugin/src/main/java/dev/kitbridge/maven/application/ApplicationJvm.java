package dev.kitbridge.maven.application;

import dev.kitbridge.maven.process.ChildProcess;
import dev.kitbridge.maven.process.ProcessLog;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A JVM that runs an application. */
final class ApplicationJvm implements AutoCloseable {

    /** Lines that the starter writes ({@code DevelopmentPort}). */
    private static final String WANTED = ChildProcess.MARK + "Application wants ";

    private static final String LISTENS = ChildProcess.MARK + "Application listens on ";

    /** Is notified by the application, on a thread of its own. */
    interface Listener {

        /** The application would listen at this address, if it had no port of Maven's before it. */
        void wants(ApplicationPort.Address address);

        /** The application is ready, and listens on a port of the loopback address. */
        void listens(int port);
    }

    private final ChildProcess.Running process;
    private final ProcessLog log;
    private final Listener listener;
    private final CompletableFuture<ChildProcess.Result> result = new CompletableFuture<>();

    ApplicationJvm(ChildProcess command, ProcessLog log, Listener listener) throws IOException {
        this.log = log;
        this.listener = listener;
        this.process = command.start();
        Thread reader = new Thread(this::follow, "kitbridge-application-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void follow() {
        try {
            result.complete(process.await(this::line, seconds -> {}));
        } catch (IOException | RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private void line(String text, boolean error) {
        if (text.startsWith(WANTED)) {
            String[] parts = text.substring(WANTED.length()).split(" ", -1);
            listener.wants(new ApplicationPort.Address(parts[0], Integer.parseInt(parts[1]), parts[2]));
        } else if (text.startsWith(LISTENS)) {
            listener.listens(Integer.parseInt(text.substring(LISTENS.length())));
        } else {
            log.line(text, error);
        }
    }

    /** Completes when the JVM has ended. */
    CompletableFuture<ChildProcess.Result> result() {
        return result;
    }

    /** Returns the last lines of its output. */
    static List<String> lastLines(ChildProcess.Result result) {
        return ProcessLog.plain(result.tail());
    }

    /** Ends the JVM, as Ctrl-C does; kills it if it does not end within two seconds. */
    @Override
    public void close() {
        process.close();
    }
}
