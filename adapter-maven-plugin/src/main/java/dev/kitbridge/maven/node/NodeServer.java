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
 * A Node that runs modules when it is told to, one at a time. It is the bridge's when that has built, since that one is
 * up already; else one is started when there is something to run.
 */
public final class NodeServer implements AutoCloseable {

    /** The line that ends an answer, and that a process writes when it begins to serve after something else. */
    public static final String DONE = ChildProcess.MARK + "D";

    private static final String ANSWER = ChildProcess.MARK + "A";
    private static final String PROGRESS = ChildProcess.MARK + "P";

    private final NodeRuntime node;
    private final Path scratch;
    private ChildProcess.@Nullable Running running;

    /**
     * @param node which Node to start
     * @param scratch the bridge's folder
     * @param running one that serves already
     */
    public NodeServer(NodeRuntime node, Path scratch, ChildProcess.@Nullable Running running) {
        this.node = node;
        this.scratch = scratch;
        this.running = running;
    }

    /** Says that something will be asked: Node starts meanwhile. */
    public synchronized void start() throws IOException {
        if (running != null) return;
        Path module = module(scratch);
        List<String> command = List.of(node.executable().toString(), module.toString(), "alone");
        running = new ChildProcess(command, module.resolveSibling(""), Programs.allCores()).start();
    }

    /** The module that serves, in a folder of its own: Vite's preview has one of the same name. */
    public static Path module(Path scratch) throws IOException {
        return new Script(NodeServer.class, "serve.mjs").unpack(scratch.resolve("node"));
    }

    /** As {@link #ask(Path, Map, Consumer)} for a module that is quick. */
    public String ask(Path module, Map<String, Object> request) throws IOException, Failed {
        return ask(module, request, progress -> {});
    }

    /**
     * Has a module run.
     *
     * @param module its default export takes the request and gives a text of one line
     * @param request as JSON
     * @param progress told how far the module is, in its words
     * @throws Failed if the process ends instead
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
        // others are the app's, whose modules may still be at work
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

        /** As the module chose it, or Node. */
        public int exitCode() {
            return exitCode;
        }
    }
}
