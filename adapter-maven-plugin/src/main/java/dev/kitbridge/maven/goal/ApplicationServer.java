package dev.kitbridge.maven.goal;

import dev.kitbridge.maven.adapters.SupportsCheck;
import dev.kitbridge.maven.application.ApplicationCommand;
import dev.kitbridge.maven.application.ApplicationProcess;
import dev.kitbridge.maven.emulator.EmulatorAnswers;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.process.ProcessLog;
import dev.kitbridge.maven.serve.ViteServer;
import dev.kitbridge.maven.vite.Contribution;
import java.io.IOException;
import java.net.URI;

/**
 * Serves a Spring Boot application whose pages the app's own Vite renders. Browsers connect to the application.
 *
 * @param request the parameters
 * @param application whether and how to start the application
 * @param tools the toolchain of the app
 * @param vite runs Vite
 */
record ApplicationServer(DevRequest request, DevRequest.Application application, Toolchain tools, ViteServer vite) {

    /**
     * Serves until Vite or Maven ends.
     *
     * @throws UserFailure if Vite cannot be started, or the application's port cannot be opened
     */
    void serve() throws IOException {
        ApplicationCommand command = application.command();
        if (command == null) {
            log().say("Serving the pages of " + listen().module() + " with SvelteKit "
                    + tools.kit().version() + "; press Ctrl-C to stop");
            vite.serve(options(new ViteServer.Application(null, this::tellAddress)), answers());
            return;
        }
        log().say("Serving " + listen().module() + " with SvelteKit "
                + tools.kit().version() + " and " + command.mainClass()
                + ", since it depends on kitbridge-spring-boot-starter; press Ctrl-C to stop");
        Thread waiting = Thread.currentThread();
        try (ApplicationProcess process = new ApplicationProcess(command, log())) {
            ViteServer.Application behind =
                    new ViteServer.Application(process.secret(), address -> process.start(address, waiting::interrupt));
            try {
                vite.serve(options(behind), answers());
            } catch (IOException e) {
                UserFailure known = process.failure();
                // the interrupt was for this thread's wait only
                if (known != null && Thread.interrupted()) throw known;
                throw e;
            }
        }
    }

    private void tellAddress(URI vite) {
        String origin = vite.getScheme() + "://" + vite.getAuthority();
        log().say("Vite listens on " + origin + "; start the application with -Dkitbridge.dev.vite=" + origin
                + " and open the application's own address");
    }

    private ViteServer.Options options(ViteServer.Application behind) {
        return new ViteServer.Options(
                ViteServer.Command.DEV,
                listen().host(),
                listen().port(),
                true,
                null,
                SupportsCheck.refusalOfInstrumentation(tools.adapters()).orElse(null),
                listen().outputs(),
                behind);
    }

    /** The application has the services. */
    private EmulatorAnswers answers() {
        Contribution emulating = Contribution.emulating(tools.contributions());
        return new EmulatorAnswers(
                emulating == null ? null : emulating.emulator(),
                null,
                route -> SupportsCheck.refusal(tools.adapters(), route, "src/routes"));
    }

    private Listen listen() {
        return request.listen();
    }

    private ProcessLog log() {
        return request.shared().log();
    }
}
