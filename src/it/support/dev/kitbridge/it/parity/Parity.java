package dev.kitbridge.it.parity;

import dev.kitbridge.it.Node;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Starts an app as the official adapter built it and as Kitbridge did, asks both the same, and compares. */
public final class Parity {

    private static final int AT_A_TIME = 4;

    private final File folder;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private int count;

    /** @param folder for the servers' logs, and for what they unpack */
    public Parity(File folder) {
        this.folder = folder;
    }

    /** The names of all intended differences. */
    public static Set<String> intended() {
        return Intended.names();
    }

    /** The names of those that were found. */
    public Set<String> seen() {
        return seen;
    }

    /** How many requests were sent to both. */
    public int count() {
        return count;
    }

    /**
     * Asks everything of a site.
     *
     * @param official the folder that the official adapter wrote
     * @param jar ours
     * @return what differs and is not meant to
     */
    public List<String> compare(int kit, String base, boolean shop, File official, File jar) throws Exception {
        List<Ask> asks = new Site(kit, base, shop).requests(official);
        return ask(kit + "-" + (shop ? "shop" : "lab"), official, jar, Map.of(), asks);
    }

    /** Asks what proxies ask, of servers that were told to believe them. */
    public List<String> compareBehindProxy(int kit, String base, File official, File jar) throws Exception {
        return ask(kit + "-proxy", official, jar, ProxyRequests.ENVIRONMENT, ProxyRequests.below(base));
    }

    /** Asks what ends the official server: a redirect to a path that is not ASCII. */
    public List<String> crash(String path, File official, File jar) throws Exception {
        Ask ask = Ask.get(FileRequests.encoded(path)).ask();
        try (Served theirs = official("crash", official, Map.of());
                Served ours = ours("crash", jar, Map.of())) {
            List<String> differences = differences(ask, theirs, ours);
            if (!theirs.hasCrashed()) differences.add("the official server has survived " + ask);
            return differences;
        }
    }

    private List<String> ask(String name, File official, File jar, Map<String, String> environment, List<Ask> asks)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        try (Served theirs = official(name, official, environment);
                Served ours = ours(name, jar, environment)) {
            List<Callable<List<String>>> tasks = new ArrayList<>();
            for (Ask ask : asks) tasks.add(() -> differences(ask, theirs, ours));
            List<String> differences = new ArrayList<>(spoiled(asks.get(0), theirs));
            for (Future<List<String>> task : threads.invokeAll(tasks)) differences.addAll(task.get());
            count += asks.size();
            return differences;
        } catch (ExecutionException e) {
            throw new IOException(name + ": " + e.getCause().getMessage(), e);
        } finally {
            threads.shutdownNow();
        }
    }

    private List<String> differences(Ask ask, Served theirs, Served ours) throws IOException {
        List<Answer> expected = Wire.send(theirs.port(), ask);
        List<Answer> actual = Wire.send(ours.port(), ask);
        List<String> lines = Comparison.differences(ask, expected, actual);
        return Intended.unintended(ask, expected.get(0), actual.get(0), lines, seen).stream()
                .map(line -> ask + " [" + expected.get(0).status() + "] " + line)
                .toList();
    }

    /** The comparison has to find what it is there to find: an answer in which each part was changed. */
    private static List<String> spoiled(Ask ask, Served theirs) throws IOException {
        Answer answer = Wire.send(theirs.port(), ask).get(0);
        byte[] body = Arrays.copyOf(answer.body(), answer.body().length + 1);
        Map<String, List<String>> headers = new java.util.TreeMap<>(answer.headers());
        headers.put("set-cookie", List.of("a=1", "b=2"));
        headers.remove("content-type");
        List<String> found = Comparison.differences(
                        ask, List.of(answer), List.of(new Answer(answer.status() + 1, headers, body, true)))
                .stream()
                .map(line -> line.split(":", 2)[0])
                .toList();
        List<String> expected = List.of("status", "content-type", "set-cookie", "end", "body");
        return found.equals(expected) ? List.of() : List.of("of a spoiled answer, these differ: " + found);
    }

    private Served official(String name, File folder, Map<String, String> environment) throws Exception {
        List<String> command = List.of(Node.program().toString(), new File(folder, "index.js").getPath());
        return Served.start(command, environment, new File(this.folder, name + "-official.log"));
    }

    private Served ours(String name, File jar, Map<String, String> environment) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(java, "-Duser.home=" + folder.getPath(), "-jar", jar.getPath());
        Map<String, String> all = new java.util.HashMap<>(environment);
        all.put("WORKERS", "2");
        return Served.start(command, all, new File(folder, name + "-ours.log"));
    }
}
