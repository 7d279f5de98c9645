package dev.kitbridge.maven.goal;

import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.app.Kit;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.Nodes;
import dev.kitbridge.maven.packages.Packages;
import dev.kitbridge.maven.packages.ScriptRun;
import dev.kitbridge.maven.packages.ViteScript;
import dev.kitbridge.maven.process.ProcessLog;
import dev.kitbridge.maven.process.Progress;
import java.io.IOException;
import java.util.Map;

/**
 * The parameters that all goals with adapters share.
 *
 * @param app the app
 * @param anyKit whether a version of SvelteKit that is not supported is accepted
 * @param nodes finds Node
 * @param packages installs the app's packages
 * @param environment {@code <environmentVariables>}
 * @param module the Maven module
 * @param log Maven's log
 * @param progress reports the step that runs, and measures each step
 */
public record GoalRequest(
        App app,
        boolean anyKit,
        Nodes nodes,
        Packages packages,
        Map<String, String> environment,
        MavenModule module,
        ProcessLog log,
        Progress progress) {

    /**
     * Finds the app's installed SvelteKit.
     *
     * @throws dev.kitbridge.maven.failure.UserFailure if it is missing or not accepted
     */
    App.InstalledPackage kit() throws IOException {
        return Kit.of(app, spec -> Packages.addCommand(app, spec), anyKit, log::warn);
    }

    /** Returns how to run a script of the app with a Node. */
    ScriptRun scriptRun(ViteScript script, NodeRuntime node) {
        return new ScriptRun(app, script, node, packages.programs(), packages.offline(), environment);
    }
}
