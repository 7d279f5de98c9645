package dev.kitbridge.maven.serve;

import dev.kitbridge.adapter.Front;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.emulator.EmulatorAnswers;
import dev.kitbridge.maven.emulator.EmulatorServer;
import dev.kitbridge.maven.emulator.PlatformModules;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.json.Jackson;
import dev.kitbridge.maven.packages.ScriptRun;
import dev.kitbridge.maven.process.ChildProcess;
import dev.kitbridge.maven.process.ProcessLog;
import dev.kitbridge.maven.vite.BridgeModules;
import dev.kitbridge.maven.vite.Contribution;
import dev.kitbridge.maven.vite.KitNotFound;
import dev.kitbridge.maven.vite.VitePlugins;
import dev.kitbridge.server.internal.workers.WorkerModules;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs an app's own Vite as a server, with the adapters of the POM instead of the app's own adapter.
 *
 * @param run the app, the Node, and Vite's environment
 * @param program the JavaScript runtime that runs Vite
 * @param kit the app's SvelteKit
 * @param mode Vite's mode
 * @param contributions what each adapter contributes to Vite
 * @param output Maven's log
 */
public record ViteServer(
        ScriptRun run,
        Path program,
        App.InstalledPackage kit,
        String mode,
        List<Contribution> contributions,
        ProcessLog output) {

    /** Starts a line that Vite's process addresses to this class. */
    private static final String MARK = "" + ChildProcess.MARK + ChildProcess.MARK;

    /** Exit code of a process that Ctrl-C interrupts; Maven is interrupted too. */
    private static final int INTERRUPTED = 130;

    /** Nanoseconds after a restart in which a second exit is a failure. */
    private static final long RESTART_PAUSE = TimeUnit.MINUTES.toNanos(1);

    /** The command of Vite. */
    public enum Command {
        /** Serves the sources, with hot reloading. */
        DEV,
        /** Serves the last build. */
        PREVIEW
    }

    /**
     * The options of a server.
     *
     * @param host the address to listen on, or null for the app's configuration
     * @param port the port, or null for the app's configuration
     * @param emulates whether the app has an {@code event.platform}
     * @param front the contribution whose HTTP server browsers connect to; null if they connect to Vite
     * @param noInstrumentation why an adapter does not support {@code instrumentation.server.js}; null if all do
     * @param outputs folders that Maven writes to, and Vite does not watch
     * @param application the Java application that browsers connect to; null if they connect to Vite or to a front
     */
    public record Options(
            Command command,
            @Nullable String host,
            @Nullable Integer port,
            boolean emulates,
            @Nullable Contribution front,
            @Nullable String noInstrumentation,
            List<Path> outputs,
            @Nullable Application application) {

        Options atPort(int other) {
            return new Options(command, host, other, emulates, front, noInstrumentation, outputs, application);
        }
    }

    /**
     * A Java application that answers browsers, and connects to Vite's process to have its pages rendered.
     *
     * @param secret what the application sends to prove that Maven started it; null if any on this machine may connect
     * @param listening called with Vite's address when Vite accepts connections, also after a restart
     */
    public record Application(@Nullable String secret, Consumer<URI> listening) {}

    /**
     * The answer to one request.
     *
     * @param status HTTP status
     * @param location the target of a redirect, or null
     * @param platform {@code event.platform}; null if it was not used, as for a file or a prerendered page
     */
    public record Answer(int status, @Nullable String location, @Nullable Map<String, Object> platform) {}

    /** The messages of the server. */
    private static final class Messages {
        private @Nullable String answer;
        private @Nullable String error;
        private @Nullable UserFailure failure;

        /** The address of the server as soon as it listens. */
        private @Nullable URI address;
    }

    /**
     * Serves until the server or Maven ends. Restarts a server that exits by itself, at the same port, unless it was
     * restarted less than a minute ago.
     *
     * @throws UserFailure if the server cannot be started, or fails
     */
    public void serve(Options options, EmulatorAnswers answers) throws IOException {
        Options at = options;
        long restarted = 0;
        while (true) {
            Exit exit = run(at, null, answers);
            if (exit.result().succeeded()) return;
            URI address = exit.messages().address;
            int exitCode = exit.result().exitCode();
            boolean again = restarted != 0 && System.nanoTime() - restarted < RESTART_PAUSE;
            if (address == null || exitCode == INTERRUPTED || again) throw failure(options, exit);
            output.warn("Vite exited with code " + exitCode + "; restarting it");
            restarted = System.nanoTime();
            at = options.atPort(address.getPort());
        }
    }

    /**
     * Starts a server, requests one path, and ends the server.
     *
     * @param path path and query, {@code /cart?step=2}
     * @throws UserFailure if the server cannot be started
     */
    public Answer check(Options options, String path, EmulatorAnswers answers) throws IOException {
        Exit exit = run(options, path, answers);
        String answer = exit.messages().answer;
        if (answer == null) throw failure(options, exit);
        return Jackson.MAPPER.readValue(answer, Answer.class);
    }

    /** The result of a server, with its messages. */
    private record Exit(ChildProcess.Result result, Messages messages) {}

    private Exit run(Options options, @Nullable String check, EmulatorAnswers answers) throws IOException {
        try (EmulatorServer emulator = new EmulatorServer(answers);
                DevelopmentFront front = check == null ? front(options) : null;
                ChildProcess.Running running = start(options)) {
            Map<String, Object> request = request(options, check, emulator.address());
            if (front != null) request.put("front", front.secret());
            running.tell(Jackson.MAPPER.writeValueAsString(request));
            Messages messages = new Messages();
            ChildProcess.Result result = running.await(
                    (text, error) -> {
                        if (front != null && text.startsWith(MARK + 'V')) open(front, text, running, messages);
                        else line(text, error, messages, options.application());
                    },
                    seconds -> {});
            return new Exit(result, messages);
        }
    }

    private @Nullable DevelopmentFront front(Options options) {
        Contribution contribution = options.front();
        Front front = contribution == null ? null : contribution.front();
        return contribution == null || front == null
                ? null
                : new DevelopmentFront(front, contribution.id(), run.variables(), options.command() == Command.PREVIEW);
    }

    private static void open(DevelopmentFront front, String text, ChildProcess.Running running, Messages messages) {
        List<URI> addresses = List.of();
        try {
            String vite = text.substring(MARK.length() + 1);
            addresses = front.open(Jackson.MAPPER.readValue(vite, DevelopmentFront.Vite.class));
        } catch (UserFailure e) {
            messages.failure = e;
        }
        // an empty list tells Vite's process to exit
        running.tell(Jackson.MAPPER.writeValueAsString(addresses));
    }

    private ChildProcess.Running start(Options options) throws IOException {
        Path scratch = run.app().scratch();
        BridgeModules.SERVE.unpack(scratch);
        // a Java application renders over a worker's link, and so does a front that keeps pages
        boolean linked = options.application() != null || options.command() == Command.PREVIEW;
        if (linked) WorkerModules.write(scratch);
        else PlatformModules.unpack(scratch);
        Map<String, String> variables = new TreeMap<>(run.environment());
        if (output.colours()) variables.putIfAbsent("FORCE_COLOR", "1");
        List<String> command =
                List.of(program.toString(), scratch.resolve("serve.mjs").toString());
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
        request.put("kit", kit.version());
        request.put("adapters", Contribution.scripts(contributions));
        request.put("maven", maven);
        request.put("emulates", options.emulates());
        request.put("instrumentation", options.noInstrumentation());
        request.put("check", check);
        if (options.application() != null) {
            Map<String, Object> application = new LinkedHashMap<>();
            application.put("secret", options.application().secret());
            application.put("kit", kit.version());
            request.put("application", application);
        }
        request.put(
                "outputs",
                options.outputs().stream()
                        .map(folder -> folder.toString().replace('\\', '/'))
                        .toList());
        request.put("plugins", VitePlugins.write(contributions, run.app().scratch()));
        return request;
    }

    private void line(String text, boolean error, Messages messages, @Nullable Application application) {
        if (!text.startsWith(MARK)) {
            output.line(text, error);
            return;
        }
        String value = text.substring(MARK.length() + 1);
        switch (text.charAt(MARK.length())) {
            case 'R' -> {
                for (String url : Jackson.MAPPER.readValue(value, String[].class)) {
                    if (messages.address == null) messages.address = URI.create(url);
                    if (application == null) output.say("Listening on " + url);
                }
                if (application != null) application.listening().accept(messages.address);
            }
            case 'C' -> messages.answer = value;
            default -> messages.error = Jackson.MAPPER.readValue(value, String.class);
        }
    }

    private UserFailure failure(Options options, Exit exit) {
        App app = run.app();
        String what = options.command() == Command.DEV ? "The development server of " : "The preview of ";
        UserFailure known = exit.messages().failure;
        if (known != null) return known;
        String error = exit.messages().error;
        if (error == null) {
            return new UserFailure(what + app.directory() + " ended with exit code "
                    + exit.result().exitCode()
                    + "; its last lines:\n  "
                    + String.join("\n  ", ProcessLog.plain(exit.result().tail())));
        }
        String message = ProcessLog.plain(error);
        UserFailure shape = KitNotFound.failure(app, kit, message);
        return shape == null ? new UserFailure(what + app.directory() + " failed: " + message) : shape;
    }
}
