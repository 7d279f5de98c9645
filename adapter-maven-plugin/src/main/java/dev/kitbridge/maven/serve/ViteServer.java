package dev.kitbridge.maven.serve;

import dev.kitbridge.adapter.Front;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.emulator.EmulatorServer;
import dev.kitbridge.maven.emulator.PlatformAnswers;
import dev.kitbridge.maven.emulator.ServiceClient;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.json.Jackson;
import dev.kitbridge.maven.packages.ScriptRun;
import dev.kitbridge.maven.process.ChildProcess;
import dev.kitbridge.maven.process.ProcessLog;
import dev.kitbridge.maven.vite.BridgeModules;
import dev.kitbridge.maven.vite.Contribution;
import dev.kitbridge.maven.vite.KitNotFound;
import dev.kitbridge.maven.vite.VitePlugins;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs an app's own Vite as a server, with the adapters of the POM in the place of the app's own.
 *
 * @param run the app, the Node, and Vite's environment
 * @param kit its SvelteKit
 * @param mode Vite's mode
 * @param contributions what the adapters have to do with it
 * @param output takes what is to be said
 */
public record ViteServer(
        ScriptRun run, App.InstalledPackage kit, String mode, List<Contribution> contributions, ProcessLog output) {

    /** Starts a line that is for us. */
    private static final String MARK = "" + ChildProcess.MARK + ChildProcess.MARK;

    /** Exit code of a process that Ctrl-C ends; Maven ends too then. */
    private static final int INTERRUPTED = 130;

    /** Nanoseconds after a restart in which another end is a failure. */
    private static final long RESTART_PAUSE = TimeUnit.MINUTES.toNanos(1);

    /** What Vite serves. */
    public enum Command {
        /** The sources, with hot reloading. */
        DEV,
        /** The last build. */
        PREVIEW
    }

    /**
     * What to serve, and where.
     *
     * @param host the address to listen on, or null for what the app's configuration says
     * @param port the port, or null for what the app's configuration says
     * @param platform whether there is an {@code event.platform}
     * @param front the contribution whose front browsers talk to, or null: they talk to Vite
     * @param noInstrumentation why the adapters do not support {@code instrumentation.server.js}, or null if they do
     * @param outputs folders that Maven writes to, and Vite does not watch
     */
    public record Options(
            Command command,
            @Nullable String host,
            @Nullable Integer port,
            boolean platform,
            @Nullable Contribution front,
            @Nullable String noInstrumentation,
            List<Path> outputs) {

        Options atPort(int other) {
            return new Options(command, host, other, platform, front, noInstrumentation, outputs);
        }
    }

    /**
     * The answer to one request.
     *
     * @param status HTTP status
     * @param location where it redirects to, or null
     * @param platform {@code event.platform}, or null where nobody asked for it: for a file, or a prerendered page
     */
    public record Answer(int status, @Nullable String location, @Nullable Map<String, Object> platform) {}

    /** What the server told us, line by line. */
    private static final class Told {
        private @Nullable String answer;
        private @Nullable String error;
        private @Nullable UserFailure failure;

        /** Where it listens, as soon as it does. */
        private @Nullable URI address;
    }

    /**
     * Serves until the server or Maven ends. A server that ends by itself is started again, at the same port, unless
     * that happened a moment ago.
     *
     * @throws UserFailure if the server cannot be started, or fails
     */
    public void serve(Options options, PlatformAnswers answers) throws IOException {
        Options at = options;
        long restarted = 0;
        while (true) {
            Ended ended = run(at, null, answers);
            if (ended.result().succeeded()) return;
            URI address = ended.told().address;
            int exitCode = ended.result().exitCode();
            boolean again = restarted != 0 && System.nanoTime() - restarted < RESTART_PAUSE;
            if (address == null || exitCode == INTERRUPTED || again) throw failure(options, ended);
            output.warn("Vite has ended with exit code " + exitCode + ", and starts again");
            restarted = System.nanoTime();
            at = options.atPort(address.getPort());
        }
    }

    /**
     * Asks a server for one path.
     *
     * @param path path and query, {@code /cart?step=2}
     * @throws UserFailure if the server cannot be started
     */
    public Answer check(Options options, String path, PlatformAnswers answers) throws IOException {
        Ended ended = run(options, path, answers);
        String answer = ended.told().answer;
        if (answer == null) throw failure(options, ended);
        return Jackson.MAPPER.readValue(answer, Answer.class);
    }

    /** How a server ended, and what it had told us. */
    private record Ended(ChildProcess.Result result, Told told) {}

    private Ended run(Options options, @Nullable String check, PlatformAnswers answers) throws IOException {
        try (EmulatorServer emulator = new EmulatorServer(answers);
                DevelopmentFront front = check == null ? front(options) : null;
                ChildProcess.Running running = start()) {
            Map<String, Object> request = request(options, check, emulator.address());
            if (front != null) request.put("front", front.secret());
            running.tell(Jackson.MAPPER.writeValueAsString(request));
            Told told = new Told();
            ChildProcess.Result result = running.await(
                    (text, error) -> {
                        if (front != null && text.startsWith(MARK + 'V')) open(front, text, running, told);
                        else line(text, error, told);
                    },
                    seconds -> {});
            return new Ended(result, told);
        }
    }

    private @Nullable DevelopmentFront front(Options options) {
        Contribution contribution = options.front();
        Front front = contribution == null ? null : contribution.front();
        return contribution == null || front == null
                ? null
                : new DevelopmentFront(front, contribution.id(), run.variables());
    }

    private static void open(DevelopmentFront front, String text, ChildProcess.Running running, Told told) {
        List<URI> addresses = List.of();
        try {
            String vite = text.substring(MARK.length() + 1);
            addresses = front.open(Jackson.MAPPER.readValue(vite, DevelopmentFront.Vite.class));
        } catch (UserFailure e) {
            told.failure = e;
        }
        // none: it is to end
        running.tell(Jackson.MAPPER.writeValueAsString(addresses));
    }

    private ChildProcess.Running start() throws IOException {
        Path scratch = run.app().scratch();
        BridgeModules.SERVE.unpack(scratch);
        ServiceClient.unpack(scratch);
        Map<String, String> variables = new TreeMap<>(run.environment());
        if (output.colours()) variables.putIfAbsent("FORCE_COLOR", "1");
        List<String> command = List.of(
                run.node().executable().toString(), scratch.resolve("serve.mjs").toString());
        return new ChildProcess(command, run.app().directory(), variables).start();
    }

    private Map<String, Object> request(Options options, @Nullable String check, String maven) throws IOException {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("root", run.app().directory().toString());
        request.put("command", options.command().name().toLowerCase(Locale.ROOT));
        request.put("mode", mode);
        String usual = options.command() == Command.DEV ? "development" : "production";
        request.put("words", run.script().words(mode, usual));
        request.put("host", options.host());
        request.put("port", options.port());
        request.put("adapter", contributions.get(0).id());
        request.put("maven", maven);
        request.put("emulates", options.platform());
        request.put("instrumentation", options.noInstrumentation());
        request.put("check", check);
        request.put(
                "outputs",
                options.outputs().stream()
                        .map(folder -> folder.toString().replace('\\', '/'))
                        .toList());
        request.put("plugins", VitePlugins.write(contributions, run.app().scratch()));
        return request;
    }

    private void line(String text, boolean error, Told told) {
        if (!text.startsWith(MARK)) {
            output.line(text, error);
            return;
        }
        String value = text.substring(MARK.length() + 1);
        switch (text.charAt(MARK.length())) {
            case 'R' -> {
                for (String url : Jackson.MAPPER.readValue(value, String[].class)) {
                    if (told.address == null) told.address = URI.create(url);
                    output.say("Listening on " + url);
                }
            }
            case 'C' -> told.answer = value;
            default -> told.error = Jackson.MAPPER.readValue(value, String.class);
        }
    }

    private UserFailure failure(Options options, Ended ended) {
        App app = run.app();
        String what = options.command() == Command.DEV ? "The development server of " : "The preview of ";
        UserFailure known = ended.told().failure;
        if (known != null) return known;
        String error = ended.told().error;
        if (error == null) {
            return new UserFailure(what + app.directory() + " ended with exit code "
                    + ended.result().exitCode()
                    + "; its last lines:\n  "
                    + String.join("\n  ", ProcessLog.plain(ended.result().tail())));
        }
        String message = ProcessLog.plain(error);
        UserFailure shape = KitNotFound.failure(app, kit, message);
        return shape == null ? new UserFailure(what + app.directory() + " failed: " + message) : shape;
    }
}
