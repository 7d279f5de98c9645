package dev.kitbridge.maven.goal;

import dev.kitbridge.maven.adapters.ConfiguredAdapter;
import dev.kitbridge.maven.adapters.SupportsCheck;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.emulator.EmulatorAnswers;
import dev.kitbridge.maven.packages.ScriptRun;
import dev.kitbridge.maven.packages.ViteScript;
import dev.kitbridge.maven.process.ProcessLog;
import dev.kitbridge.maven.serve.ViteServer;
import dev.kitbridge.maven.services.JavaServices;
import dev.kitbridge.maven.services.ServiceProcess;
import dev.kitbridge.maven.vite.Contribution;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Serves an app with its own Vite and the adapters of the POM: the sources, or the last build. */
public final class AppServer {

    private final Listen listen;
    private final Toolchain tools;
    private final ViteServer vite;
    private final @Nullable JavaServices services;
    private final ProcessLog log;

    private AppServer(
            Listen listen, Toolchain tools, ViteServer vite, @Nullable JavaServices services, ProcessLog log) {
        this.listen = listen;
        this.tools = tools;
        this.vite = vite;
        this.services = services;
        this.log = log;
    }

    /**
     * Serves the sources, with hot reloading, until Vite or Maven ends.
     *
     * @throws dev.kitbridge.maven.failure.UserFailure if the server cannot be started, or fails
     */
    public static void develop(DevRequest request) throws IOException {
        GoalRequest shared = request.shared();
        App app = shared.app();
        Toolchain tools = Toolchain.of(shared, shared.module().adapters(), () -> {});
        tools.checkNode();
        ViteScript script = ViteScript.of(app, "dev").with(request.beforeDev(), List.of());
        ScriptRun run = shared.scriptRun(script, tools.node());
        run.warn(shared.log());
        run.run(script.before(), "before", shared.log());
        DevRequest.Application application = request.application();
        ProcessLog lines = application == null ? shared.log() : shared.log().marked("[vite] ");
        ViteServer vite = new ViteServer(
                run,
                ViteProgram.of(shared, tools),
                tools.kit(),
                script.mode(request.mode(), "development"),
                tools.contributions(),
                lines);
        if (application != null) {
            new ApplicationServer(request, application, tools, vite).serve();
            return;
        }
        try (ServiceProcess services = shared.module().services(request.useTestClasspath())) {
            if (services != null) services.watch();
            new AppServer(request.listen(), tools, vite, services, shared.log()).serve(ViteServer.Command.DEV);
        }
    }

    /**
     * Builds the app if an input changed, and serves the build until Vite or Maven ends; or answers one path.
     *
     * @throws dev.kitbridge.maven.failure.UserFailure if the server cannot be started, or fails, or if the answer is an
     *     error
     */
    public static void emulate(EmulateRequest request) throws IOException {
        GoalRequest shared = request.build().shared();
        App app = shared.app();
        AppBuild.Built built = new AppBuild(request.build()).run();
        // serving needs no Node of the build
        built.close();
        built.supports().enforce();
        Toolchain tools = built.tools();
        ViteServer vite = new ViteServer(
                shared.scriptRun(ViteScript.of(app, "preview"), tools.node()),
                ViteProgram.of(shared, tools),
                tools.kit(),
                request.build().mode(),
                tools.contributions(),
                shared.log());
        try (JavaServices services = shared.module().buildServices()) {
            AppServer server = new AppServer(request.listen(), tools, vite, services, shared.log());
            if (request.check() == null) server.serve(ViteServer.Command.PREVIEW);
            else new PathCheck(request.check(), shared).report(server.check(request.check()));
        }
    }

    private void serve(ViteServer.Command command) throws IOException {
        String names = tools.adapters().stream().map(ConfiguredAdapter::id).collect(Collectors.joining(", "));
        log.say("Serving " + listen.module() + " with SvelteKit " + tools.kit().version() + " and the adapters " + names
                + "; press Ctrl-C to stop");
        vite.serve(options(command), answers());
    }

    private ViteServer.Answer check(String path) throws IOException {
        return vite.check(options(ViteServer.Command.PREVIEW), path, answers());
    }

    private ViteServer.Options options(ViteServer.Command command) {
        Contribution emulating = Contribution.emulating(tools.contributions());
        return new ViteServer.Options(
                command,
                listen.host(),
                listen.port(),
                emulating != null || services != null,
                listen.front() ? emulating : null,
                SupportsCheck.refusalOfInstrumentation(tools.adapters()).orElse(null),
                listen.outputs(),
                null);
    }

    private EmulatorAnswers answers() {
        Contribution emulating = Contribution.emulating(tools.contributions());
        return new EmulatorAnswers(
                emulating == null ? null : emulating.emulator(),
                services,
                route -> SupportsCheck.refusal(tools.adapters(), route, "src/routes"));
    }
}
