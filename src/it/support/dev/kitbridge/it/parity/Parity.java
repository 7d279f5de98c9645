package dev.kitbridge.it.parity;

import dev.kitbridge.it.Node;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Starts both adapters' builds of an app, sends them the same requests, and compares the answers. */
public final class Parity {

    private static final int AT_A_TIME = 4;

    private final File folder;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private int count;

    /** @param folder receives the servers' logs and unpacked files */
    public Parity(File folder) {
        this.folder = folder;
    }

    /** Returns the names of all intended differences. */
    public static Set<String> intended() {
        return Intended.names();
    }

    /** Returns the names of the intended differences that were found. */
    public Set<String> seen() {
        return seen;
    }

    /** Returns the number of requests that were sent to both servers. */
    public int count() {
        return count;
    }

    /**
     * Sends all requests for an app.
     *
     * @return unintended differences
     */
    public List<String> compare(Built app) throws Exception {
        return ask("", app, Map.of(), Map.of(), app.site().requests(app.official()));
    }

    /**
     * Asks everything of an app that was built without a base path and is told one when it starts; the official one has
     * it from its build.
     *
     * @return unintended differences
     */
    public List<String> compareAtBasePath(Built app) throws Exception {
        Map<String, String> told = Map.of("BASE_PATH", app.site().base());
        return ask("-moved", app, Map.of(), told, app.site().requests(app.official()));
    }

    /** Returns the names of the differences that containers force. */
    public static Set<String> intendedOfContainers() {
        return IntendedForContainers.names();
    }

    /**
     * Sends all requests below the context path of an app in containers, which reject some requests themselves.
     *
     * @return unintended differences
     */
    public List<String> compareInContainers(Built app) throws Exception {
        String below = app.site().base() + "([/?].*)?";
        List<Ask> asks = app.site().requests(app.official()).stream()
                .filter(ask -> ask.target().matches(below) && ask.methods().size() == 1 && ask.has(" HTTP/1.1\r\n"))
                .toList();
        return ask("-war", app, Map.of(), Map.of(), asks);
    }

    /** Sends requests with forwarding headers to servers that trust them. */
    public List<String> compareBehindProxy(Built app) throws Exception {
        Map<String, String> told = ProxyRequests.ENVIRONMENT;
        return ask("-proxy", app, told, told, ProxyRequests.below(app.site().base()));
    }

    /** Sends requests whose answers depend on the configured origin; on kit 3, the official build contains it. */
    public List<String> compareWithOrigin(Built app) throws Exception {
        Map<String, String> told = Map.of("ORIGIN", OriginRequests.ORIGIN);
        List<Ask> asks = OriginRequests.below(app.site().base());
        return ask("-origin", app, app.site().kit() == 2 ? told : Map.of(), told, asks);
    }

    /** Sends the request that crashes the official server: a redirect to a path outside ASCII. */
    public List<String> crash(String path, Built app) throws Exception {
        Ask ask = Ask.get(FileRequests.encoded(path)).ask();
        String name = app.site().name() + "-crash";
        String runtime = app.commands().keySet().iterator().next();
        try (Served theirs = official(name, app, Map.of());
                Served ours = ours(name, runtime, app, Map.of())) {
            List<String> differences = differences(ask, new Official(theirs.port()), Map.of(runtime, ours));
            if (!theirs.hasCrashed()) differences.add("the official server has survived " + ask);
            return differences;
        }
    }

    private List<String> ask(
            String kind, Built app, Map<String, String> theirTold, Map<String, String> ourTold, List<Ask> asks)
            throws Exception {
        String name = app.site().name() + kind;
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        Map<String, Served> ours = new TreeMap<>();
        try (Served theirs = official(name, app, theirTold)) {
            for (String runtime : app.commands().keySet()) ours.put(runtime, ours(name, runtime, app, ourTold));
            List<Callable<List<String>>> tasks = new ArrayList<>();
            Official asked = new Official(theirs.port());
            for (Ask ask : asks) tasks.add(() -> differences(ask, asked, ours));
            List<String> differences = new ArrayList<>(spoiled(asks.get(0), asked));
            for (Future<List<String>> task : threads.invokeAll(tasks)) differences.addAll(task.get());
            count += asks.size();
            return differences;
        } catch (ExecutionException e) {
            throw new IOException(name + ": " + e.getCause().getMessage(), e);
        } finally {
            threads.shutdownNow();
            ours.values().forEach(Served::close);
        }
    }

    private List<String> differences(Ask ask, Official theirs, Map<String, Served> ours) throws IOException {
        List<Answer> expected = Wire.send(theirs.port(), ask);
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, Served> one : ours.entrySet()) {
            List<Answer> actual = Wire.send(one.getValue().port(), ask);
            List<String> lines = new ArrayList<>();
            if (expected.size() != actual.size()) lines.add("answers: " + expected.size() + " -> " + actual.size());
            for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
                Case asked = new Case(one.getKey(), ask.part(i), expected.get(i), actual.get(i), theirs);
                lines.addAll(Intended.unintended(asked, seen));
            }
            for (String line : lines) {
                differences.add(
                        one.getKey() + ": " + ask + " [" + expected.get(0).status() + "] " + line);
            }
        }
        return differences;
    }

    /** Checks the comparison itself: it must find each changed part of an answer. */
    private static List<String> spoiled(Ask ask, Official theirs) {
        Answer answer = theirs.answer(ask);
        byte[] body = Arrays.copyOf(answer.body(), answer.body().length + 1);
        Map<String, List<String>> headers = new TreeMap<>(answer.headers());
        headers.put("set-cookie", List.of("a=1", "b=2"));
        headers.remove("content-type");
        List<String> found =
                Comparison.differences(ask, answer, new Answer(answer.status() + 1, headers, body, true)).stream()
                        .map(line -> line.split(":", 2)[0])
                        .toList();
        List<String> expected = List.of("status", "content-type", "set-cookie", "end", "body");
        return found.equals(expected) ? List.of() : List.of("of a spoiled answer, these differ: " + found);
    }

    private Served official(String name, Built app, Map<String, String> environment) throws Exception {
        String script = new File(app.official(), "index.js").getPath();
        List<String> command = List.of(Node.program().toString(), script);
        return Served.start(command, environment, new File(folder, name + "-official.log"));
    }

    private Served ours(String name, String runtime, Built app, Map<String, String> environment) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-Duser.home=" + folder.getPath()));
        command.addAll(app.commands().get(runtime));
        Map<String, String> all = new HashMap<>(environment);
        all.put("WORKERS", "2");
        all.put("KITBRIDGE_WORKERS", "2");
        return Served.start(command, all, new File(folder, name + "-" + runtime + ".log"));
    }
}
