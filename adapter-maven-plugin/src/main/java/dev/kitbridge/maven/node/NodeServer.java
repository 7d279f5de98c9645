package dev.kitbridge.maven.node;

import dev.kitbridge.maven.json.Jackson;
import dev.kitbridge.maven.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Node process that runs modules on request, one at a time. After a build it is the process of the bridge, which is
 * running already; else the first request starts one.
 */
public final class NodeServer implements AutoCloseable {

    /** The line that ends an answer. A bridge also writes it when the build has ended. */
    public static final String DONE = ChildProcess.MARK + "D";

    private static final String ANSWER = ChildProcess.MARK + "A";
    private static final String PROGRESS = ChildProcess.MARK + "P";

    private final NodeRuntime node;
    private final Path scratch;
    private ChildProcess.@Nullable Running running;

    /**
     * @param node which Node to start
     * @param scratch the bridge's folder
     * @param running a process that serves already, or null
     */
    public NodeServer(NodeRuntime node, Path scratch, ChildProcess.@Nullable Running running) {
        this.node = node;
        this.scratch = scratch;
        this.running = running;
    }

    /** Starts Node ahead of the first request. */
    public synchronized void start() throws IOException {
        if (running != null) return;
        Path module = module(scratch);
        List<String> command = List.of(node.executable().toString(), module.toString(), "alone");
        running = new ChildProcess(command, module.resolveSibling(""), Programs.allCores()).start();
    }

    /** Unpacks the module that serves, into a folder of its own: the module for Vite's preview has the same name. */
    public static Path module(Path scratch) throws IOException {
        return new Script(NodeServer.class, "serve.mjs").unpack(scratch.resolve("node"));
    }

    /** Runs a module that reports no progress. */
    public String ask(Path module, Map<String, Object> request) throws IOException, Failed {
        return ask(module, request, progress -> {});
    }

    /**
     * Runs a module.
     *
     * @param module its default export takes the request and returns a text of one line
     * @param request the request, sent as JSON
     * @param progress receives the progress messages of the module
     * @throws Failed if the process ends before it answers
     */
    public synchronized String ask(Path module, Map<String, Object> request, Consumer<String> progress)
            throws IOException, Failed {
        start();
        ChildProcess.Running asked = running;
        if (asked == null) throw new IOException("Node was not started");
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        asked.tell(Jackson.MAPPER.writeValueAsString(Map.of("module", module.toString(), "request", request)));
        ChildProcess.Lines lines = (text, error) -> {
            if (text.startsWith(PROGRESS)) progress.accept(text.substring(PROGRESS.length()));
            else said.add(text);
        };
        if (!asked.awaitLine(DONE, lines, seconds -> {})) {
            int exitCode = asked.await((text, error) -> {}, seconds -> {}).exitCode();
            close();
            throw new Failed(exitCode, String.join("\n", said));
        }
        // other lines come from the app, whose modules may still be running
        return said.stream()
                .filter(line -> line.startsWith(ANSWER))
                .map(line -> line.substring(ANSWER.length()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public synchronized void close() {
        if (running != null) running.close();
        running = null;
    }

    /** The process ended before it answered. */
    public static final class Failed extends Exception {

        private static final long serialVersionUID = 1L;

        private final int exitCode;

        private Failed(int exitCode, String said) {
            super(said);
            this.exitCode = exitCode;
        }

        /** Returns the exit code of the module or of Node. */
        public int exitCode() {
            return exitCode;
        }
    }
}
