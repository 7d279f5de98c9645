package dev.kitbridge.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A goal that serves until it is interrupted, {@code adapter:dev} for example, at a free port. */
public final class ServedGoal {

    private static final Pattern LISTENING =
            Pattern.compile("(?:Listening|Vite listens) on (http:\\S+?)/?(?:; .*)?\\R");

    /** A client for HTTP/1.1: Vite would treat an offer of HTTP/2 as a WebSocket upgrade. */
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final MavenRun maven;
    private final File log;
    private final String url;

    private ServedGoal(MavenRun maven, File log) throws InterruptedException {
        this.maven = maven;
        this.log = log;
        maven.await("the goal listens", () -> address().find());
        Matcher address = address();
        if (!address.find()) throw new AssertionError("no address in " + log);
        this.url = address.group(1);
    }

    /**
     * Starts a goal, waits until it listens, passes it to a test, and kills what is left of it. An error of the test
     * gets the log.
     *
     * @param apps the folder of the shared apps
     */
    public static void serve(
            File folder,
            File log,
            Object apps,
            Object machineRepository,
            Object localRepository,
            String goal,
            Consumer<ServedGoal> test) {
        serve(folder, log, apps, machineRepository, localRepository, List.of(goal), test);
    }

    /**
     * Starts a goal with further words of Maven's command line.
     *
     * @param goal the goal and these words
     */
    public static void serve(
            File folder,
            File log,
            Object apps,
            Object machineRepository,
            Object localRepository,
            List<String> goal,
            Consumer<ServedGoal> test) {
        File settings = new File(apps.toString(), "../settings.xml");
        List<String> words = new ArrayList<>();
        // Groovy has strings of its own
        for (Object word : goal) words.add(String.valueOf(word));
        words.add("-Dadapter.port=0");
        try (MavenRun maven = MavenRun.start(
                folder, log, settings, machineRepository, localRepository, words.toArray(String[]::new))) {
            try {
                test.accept(new ServedGoal(maven, log));
            } catch (Throwable e) {
                throw new AssertionError(e.getMessage() + "\n\n" + Files.readString(log.toPath()), e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the address without a slash at its end. */
    public String url() {
        return url;
    }

    /** Returns the Maven that runs the goal. */
    public MavenRun maven() {
        return maven;
    }

    /** Reads the log. */
    public String log() {
        try {
            return Files.readString(log.toPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Requests a path as a German visitor. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("accept-language", "de")
                .timeout(Duration.ofSeconds(60))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /**
     * Interrupts the goal as Ctrl-C does, and waits until its processes have ended.
     *
     * @param children the least number of processes that the goal must have started
     */
    public void interrupt(int children) throws InterruptedException {
        List<ProcessHandle> started = maven.children();
        if (started.size() < children) throw new AssertionError("expected " + children + " processes: " + started);
        maven.end(false);
        for (ProcessHandle child : started) MavenRun.awaitEnd(child);
    }

    private Matcher address() {
        return LISTENING.matcher(log());
    }
}
