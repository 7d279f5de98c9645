package dev.kitbridge.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a server runs its workers. Begin with {@link #of} and change what differs.
 *
 * @param command the JavaScript runtime with its flags; the entry's path follows
 * @param environment the workers' environment, {@code env} of kit's {@code server.init}
 * @param workers how many, at least one
 * @param timeout how long a worker's event loop may be silent before the worker is replaced
 * @param memory a worker's ceiling in bytes, before which it is replaced; 0: what the runtime takes as its limit
 * @param bodyLimit largest body of a request in bytes; beyond it the app sees kit's error with status 413
 * @param waiting how many requests may wait for a worker to become ready
 * @param output takes each line that a worker writes
 */
public record Init(
        List<String> command,
        Map<String, String> environment,
        int workers,
        Duration timeout,
        long memory,
        long bodyLimit,
        int waiting,
        Output output) {

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
    }

    /** As many workers as there are cores, this process's environment, output to the log. */
    public static Init of(Path runtime) {
        System.Logger log = System.getLogger("dev.kitbridge.worker");
        return new Init(
                List.of(runtime.toString()),
                System.getenv(),
                Runtime.getRuntime().availableProcessors(),
                Duration.ofSeconds(10),
                0,
                512 * 1024,
                1000,
                (worker, line, error) -> log.log(
                        error ? System.Logger.Level.WARNING : System.Logger.Level.INFO,
                        "worker " + worker + ": " + line));
    }

    /** With another number of workers. */
    public Init withWorkers(int count) {
        return new Init(command, environment, count, timeout, memory, bodyLimit, waiting, output);
    }
}
