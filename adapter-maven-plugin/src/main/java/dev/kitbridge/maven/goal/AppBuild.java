package dev.kitbridge.maven.goal;

import dev.kitbridge.maven.adapters.ConfiguredAdapter;
import dev.kitbridge.maven.adapters.SupportsCheck;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.build.HeadStart;
import dev.kitbridge.maven.build.ViteBuild;
import dev.kitbridge.maven.json.Jackson;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.packages.ViteScript;
import dev.kitbridge.maven.process.ProcessLog;
import dev.kitbridge.maven.services.JavaServices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds an app: finds Node, installs packages and runs Vite, each if necessary.
 *
 * @param request the parameters
 */
public record AppBuild(BuildRequest request) {

    /**
     * A built app. Closing it ends the Node of the build.
     *
     * @param tools the toolchain of the build
     * @param build the build of Vite
     */
    record Built(Toolchain tools, ViteBuild.Result build) implements AutoCloseable {

        List<ConfiguredAdapter> adapters() {
            return tools.adapters();
        }

        /** Asks the adapters whether they support each feature that the app uses. */
        SupportsCheck supports() {
            return new SupportsCheck(build.record(), adapters());
        }

        @Override
        public void close() {
            build.close();
        }
    }

    /**
     * Builds the app, and asks the adapters whether they support each feature that it uses.
     *
     * @throws dev.kitbridge.maven.failure.UserFailure if an adapter does not support a feature
     */
    public void checkSupport() throws IOException {
        try (Built built = run()) {
            SupportsCheck check = built.supports();
            check.table().forEach(log()::say);
            check.enforce();
        }
    }

    Built run() throws IOException {
        // loading Jackson takes longer than all reading with it, and runs beside the next steps
        ForkJoinPool.commonPool().execute(() -> Jackson.MAPPER.readTree("{}"));
        Path outputs = request.project().buildDirectory().resolve("adapters");
        OutputPlaces.require(outputs);
        OutputPlaces.require(request.shared().app().scratch());
        ViteScript script = request.script();
        try (HeadStart ahead = headStart(script);
                JavaServices services = request.shared().module().buildServices()) {
            List<ConfiguredAdapter> adapters = request.shared().module().adapters();
            for (ConfiguredAdapter adapter : adapters) OutputPlaces.require(outputs.resolve(adapter.id()));
            // a bridge that was started ahead has loaded the packages from before an install
            Toolchain tools = Toolchain.of(request.shared(), adapters, ahead::close);
            return build(script, tools, ahead, services);
        }
    }

    private HeadStart headStart(ViteScript script) throws IOException {
        App app = request.shared().app();
        Optional<NodeRuntime> node = request.shared().nodes().present(app.directory(), log()::say);
        return node.isEmpty() || request.shared().packages().isNeeded(app)
                ? HeadStart.NONE
                : HeadStart.of(
                        request.shared().scriptRun(script, node.get()),
                        request.project().baseDirectory(),
                        request.project().buildDirectory(),
                        log().colours());
    }

    private Built build(ViteScript script, Toolchain tools, HeadStart ahead, @Nullable JavaServices services)
            throws IOException {
        App app = request.shared().app();
        ViteBuild vite = new ViteBuild(
                request.shared().scriptRun(script, tools.node()),
                request.project().baseDirectory(),
                request.project().buildDirectory(),
                request.mode(),
                request.project().timestamp(),
                tools.contributions(),
                services,
                log());
        Consumer<String> beforeBuild = change -> {
            tools.checkNode();
            log().say("Building " + app.directory() + " with SvelteKit "
                    + tools.kit().version() + " and Node " + tools.node().version() + " ("
                    + tools.node().origin() + ")");
            log().say("Building: " + change);
        };
        ViteBuild.Result build =
                request.shared().progress().measure("Vite build", () -> vite.run(tools.kit(), ahead, beforeBuild));
        if (!build.fresh()) log().say("Nothing changed since the last Vite build of " + app.directory());
        return new Built(tools, build);
    }

    private ProcessLog log() {
        return request.shared().log();
    }
}
