package dev.kitbridge.maven.goal;

import dev.kitbridge.adapter.JavaScriptAdapter;
import dev.kitbridge.maven.adapters.ConfiguredAdapter;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.Nodes;
import dev.kitbridge.maven.vite.Contribution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that running an app's Vite requires.
 *
 * @param node the Node to run Vite in
 * @param kit the app's SvelteKit
 * @param adapters the adapters that the POM names
 * @param contributions what each adapter contributes to Vite
 */
record Toolchain(
        NodeRuntime node,
        App.InstalledPackage kit,
        List<ConfiguredAdapter> adapters,
        List<Contribution> contributions) {

    /**
     * Finds Node and installs the app's packages and adapters from npm, each if necessary.
     *
     * @param adapters created before anything is fetched, so that an error in the POM is reported at once
     * @param installed called after packages were installed
     */
    static Toolchain of(GoalRequest request, List<ConfiguredAdapter> adapters, Runnable installed) throws IOException {
        List<Contribution> asked = new ArrayList<>();
        for (ConfiguredAdapter adapter : adapters) asked.add(adapter.contribution());

        Installation installation = Installation.of(request, message -> {});
        if (installation.command().isPresent()) installed.run();
        App.InstalledPackage kit = request.kit();
        ScriptAdapters scripts = new ScriptAdapters(request, installation.node(), kit);
        List<Contribution> contributions = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            JavaScriptAdapter script = adapters.get(i).script();
            contributions.add(
                    script == null
                            ? asked.get(i)
                            : asked.get(i).with(scripts.prepare(asked.get(i).id(), script)));
        }
        return new Toolchain(installation.node(), kit, adapters, contributions);
    }

    /**
     * Starts Node to check its version against the range of SvelteKit.
     *
     * @throws dev.kitbridge.maven.failure.UserFailure if the version is not in the range
     */
    void checkNode() {
        Nodes.check(node.version(), node, kit.version(), kit.nodeRange());
    }
}
