package dev.kitbridge.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a server runs its workers. Begin with {@link #of} and change what differs.
 *
 * @param runtime which JavaScript runtime the command is
 * @param command the JavaScript runtime with its flags; the entry's path follows
 * @param environment the workers' environment, {@code env} of kit's {@code server.init}
 * @param workers how many, at least one
 * @param timeout how long a worker's event loop may be silent before the worker is replaced; its start may take six
 *     times as long
 * @param memory a worker's ceiling in bytes, before which it is replaced; 0: what the runtime takes as its limit. Node
 *     is told to keep its heap within three quarters of it
 * @param bodyLimit largest body of a request in bytes; beyond it the app sees kit's error with status 413
 * @param headersLimit largest status and headers of a response in bytes, at most {@link #LARGEST_HEADERS}; beyond it
 *     the response is logged and answered with 500
 * @param waiting how many requests may wait for a worker to become ready
 * @param startTries how many starts may fail, one after the other, before the first worker has become ready; then
 *     {@link dev.kitbridge.server.workers.WorkerPool#started} fails. 0: any number
 * @param output takes each line that a worker writes
 */
public record Init(
        JavaScript runtime,
        List<String> command,
        Map<String, String> environment,
        int workers,
        Duration timeout,
        long memory,
        long bodyLimit,
        int headersLimit,
        int waiting,
        int startTries,
        Output output) {

    /** What a frame of the link holds beside the first bytes of a body. */
    public static final int LARGEST_HEADERS = 256 * 1024;

    /** JavaScript runtimes. */
    public enum JavaScript {
        /** Node.js. */
        NODE,
        /** Bun. */
        BUN
    }

    /** Takes a line that a worker wrote, on any thread. */
    @FunctionalInterface
    public interface Output {
        /** @param error whether it came from the worker's standard error */
        void line(int worker, String line, boolean error);
    }

    /** Refuses what cannot be. */
    public Init {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (workers < 1) throw new IllegalArgumentException("workers is " + workers + "; expected at least 1");
        if (headersLimit < 1 || headersLimit > LARGEST_HEADERS) {
            throw new IllegalArgumentException(
                    "headersLimit is " + headersLimit + "; expected 1 to " + LARGEST_HEADERS + " bytes");
        }
    }

    /**
     * As many workers as there are cores, this process's environment, output to the log.
     *
     * @param program the runtime; a program called bun is Bun, any other is Node
     */
    public static Init of(Path program) {
        System.Logger log = System.getLogger("dev.kitbridge.worker");
        return new Init(
                String.valueOf(program.getFileName()).startsWith("bun") ? JavaScript.BUN : JavaScript.NODE,
                List.of(program.toString()),
                System.getenv(),
                Runtime.getRuntime().availableProcessors(),
                Duration.ofSeconds(10),
                0,
                512 * 1024,
                64 * 1024,
                1000,
                0,
                (worker, line, error) -> log.log(
                        error ? System.Logger.Level.WARNING : System.Logger.Level.INFO,
                        "worker " + worker + ": " + line));
    }

    /** With another number of workers. */
    public Init withWorkers(int count) {
        return new Init(
                runtime,
                command,
                environment,
                count,
                timeout,
                memory,
                bodyLimit,
                headersLimit,
                waiting,
                startTries,
                output);
    }

    /** With another timeout. */
    public Init withTimeout(Duration limit) {
        return new Init(
                runtime,
                command,
                environment,
                workers,
                limit,
                memory,
                bodyLimit,
                headersLimit,
                waiting,
                startTries,
                output);
    }

    /** With another ceiling of memory. */
    public Init withMemory(long bytes) {
        return new Init(
                runtime,
                command,
                environment,
                workers,
                timeout,
                bytes,
                bodyLimit,
                headersLimit,
                waiting,
                startTries,
                output);
    }

    /** With another limit of bodies. */
    public Init withBodyLimit(long bytes) {
        return new Init(
                runtime,
                command,
                environment,
                workers,
                timeout,
                memory,
                bytes,
                headersLimit,
                waiting,
                startTries,
                output);
    }

    /** With room for another number of requests that wait. */
    public Init withWaiting(int requests) {
        return new Init(
                runtime,
                command,
                environment,
                workers,
                timeout,
                memory,
                bodyLimit,
                headersLimit,
                requests,
                startTries,
                output);
    }

    /** With another limit of a response's headers. */
    public Init withHeadersLimit(int bytes) {
        return new Init(
                runtime, command, environment, workers, timeout, memory, bodyLimit, bytes, waiting, startTries, output);
    }

    /** With another number of starts that may fail. */
    public Init withStartTries(int count) {
        return new Init(
                runtime,
                command,
                environment,
                workers,
                timeout,
                memory,
                bodyLimit,
                headersLimit,
                waiting,
                count,
                output);
    }
}
