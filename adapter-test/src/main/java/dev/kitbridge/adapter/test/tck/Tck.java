package dev.kitbridge.adapter.test.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The suite for servers of SvelteKit apps. It sends the same requests to a server that adapter-node built from an app
 * and to other servers of this app, and compares the responses.
 *
 * <pre>{@code
 * TckReport report = new Tck(TckApp.KIT_3, Path.of("app/build"))
 *         .server("mine", TckServer.command(List.of("java", "-jar", "app.jar")))
 *         .run();
 * }</pre>
 */
public final class Tck {

    private static final int AT_A_TIME = 4;

    private final TckApp app;
    private final Path folder;
    private final Map<String, TckServer> servers = new LinkedHashMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private final List<Tolerance> tolerances = new ArrayList<>();
    private String base;
    private TckSuite suite = TckSuite.SERVER;
    private @Nullable List<TckCase> more;
    private Predicate<TckCase> filter = one -> true;
    private TckServer reference;
    private @Nullable Path logs;
    private String name = "tck";
    private int millis = Wire.MILLIS;

    /**
     * Creates a suite.
     *
     * @param app the app that was built
     * @param reference the folder that adapter-node wrote, with {@code index.js}, for Node on {@code PATH}
     */
    public Tck(TckApp app, Path reference) {
        this.app = app;
        this.folder = reference;
        this.base = app.base();
        this.reference =
                TckServer.command(List.of("node", reference.resolve("index.js").toString()));
    }

    /**
     * Adds a server under test.
     *
     * @param id its name in the report
     * @param server the server
     * @return this
     */
    public Tck server(String id, TckServer server) {
        servers.put(id, server);
        return this;
    }

    /**
     * Sets the server that adapter-node built, for another Node or another port.
     *
     * @param server the server
     * @return this
     */
    public Tck reference(TckServer server) {
        reference = server;
        return this;
    }

    /**
     * Adds intended differences: the server must respond as they describe.
     *
     * @param some the differences, in the order in which they apply
     * @return this
     */
    public Tck differences(List<Difference> some) {
        differences.addAll(some);
        return this;
    }

    /**
     * Adds cases in which the server may respond as it likes.
     *
     * @param some the tolerances
     * @return this
     */
    public Tck tolerances(List<Tolerance> some) {
        tolerances.addAll(some);
        return this;
    }

    /**
     * Sets the base path of the built app.
     *
     * @param path a path without a slash at its end; that of {@link TckApp} if it is not set
     * @return this
     */
    public Tck base(String path) {
        base = path;
        return this;
    }

    /**
     * Selects the cases.
     *
     * @param some the suite; {@link TckSuite#SERVER} if it is not set
     * @return this
     */
    public Tck suite(TckSuite some) {
        suite = some;
        return this;
    }

    /**
     * Adds cases for another app than that of the suite.
     *
     * @param some the cases
     * @return this
     */
    public Tck cases(List<TckCase> some) {
        more = some;
        return this;
    }

    /**
     * Selects some of the cases.
     *
     * @param some tests a case
     * @return this
     */
    public Tck only(Predicate<TckCase> some) {
        filter = some;
        return this;
    }

    /**
     * Keeps the output of the servers that the suite starts.
     *
     * @param logFolder a folder
     * @param prefix the beginning of the names of its files
     * @return this
     */
    public Tck logs(Path logFolder, String prefix) {
        logs = logFolder;
        name = prefix;
        return this;
    }

    /** Sets the timeout of the responses of the servers under test. */
    Tck timeout(int millis) {
        this.millis = millis;
        return this;
    }

    /**
     * Starts the servers, sends all requests, and stops the servers that were started.
     *
     * @return the results
     * @throws IOException if a server does not start, or adapter-node's does not respond
     * @throws InterruptedException if the thread is interrupted
     */
    public TckReport run() throws IOException, InterruptedException {
        List<TckCase> cases = new ArrayList<>(suite.cases(app.kit(), base, folder));
        if (more != null) cases.addAll(more);
        cases.removeIf(filter.negate());
        Path output = logs == null ? Files.createTempDirectory("kitbridge-tck") : logs;
        Map<String, TckServer.Running> running = new LinkedHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        try (TckServer.Running expected =
                reference.start(referenceEnvironment(), output.resolve(name + "-official.log"))) {
            for (Map.Entry<String, TckServer> one : servers.entrySet()) {
                Path log = output.resolve(name + '-' + one.getKey() + ".log");
                running.put(one.getKey(), one.getValue().start(suite.environment(), log));
            }
            Evaluation evaluation = new Evaluation(
                    new Reference(expected.endpoint()), differences, tolerances, millis, new AtomicInteger());
            List<Callable<List<TckResult>>> tasks = new ArrayList<>();
            for (TckCase one : cases) tasks.add(() -> results(one, evaluation, expected.endpoint(), running));
            List<TckResult> results = new ArrayList<>();
            for (Future<List<TckResult>> task : threads.invokeAll(tasks)) results.addAll(task.get());
            return new TckReport(results, tolerances);
        } catch (ExecutionException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        } finally {
            threads.shutdownNow();
            running.values().forEach(TckServer.Running::close);
        }
    }

    /** Returns the reference's environment. On kit 3 the build contains the origin. */
    private Map<String, String> referenceEnvironment() {
        return suite == TckSuite.ORIGIN && app.kit() > 2 ? Map.of() : suite.environment();
    }

    private static List<TckResult> results(
            TckCase one, Evaluation evaluation, Endpoint reference, Map<String, TckServer.Running> servers)
            throws IOException {
        List<RawResponse> expected = Wire.send(reference, one.request());
        List<TckResult> results = new ArrayList<>();
        for (Map.Entry<String, TckServer.Running> server : servers.entrySet()) {
            results.add(evaluation.evaluate(
                    one, server.getKey(), expected, server.getValue().endpoint()));
        }
        return results;
    }
}
