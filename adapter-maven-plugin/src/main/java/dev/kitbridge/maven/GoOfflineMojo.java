package dev.kitbridge.maven;

import dev.kitbridge.adapter.Downloads;
import dev.kitbridge.maven.adapters.ConfiguredAdapter;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.process.ProcessLog;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Fetches all that a later {@code mvn -o package} needs, Node, the app's packages and what its adapters ask for, and
 * says what it fetched.
 */
@Mojo(name = "go-offline", threadSafe = true)
public final class GoOfflineMojo extends AdaptersMojo {

    @Override
    void run() throws IOException {
        if (session.isOffline()) throw new UserFailure("adapter:go-offline needs a network; run it without -o");
        ProcessLog output = output();
        if (isModuleWithoutApp()) {
            output.say("This module has no SvelteKit app");
            return;
        }
        App app = app();
        List<ConfiguredAdapter> adapters = knownAdapters();
        Set<String> fetched = new LinkedHashSet<>();
        NodeRuntime found = node(app, message -> fetched.add("Node"));
        Optional<String> installed = packages().install(app, found, output);
        NodeRuntime node = installed.isPresent() ? nodes().afterInstall(app.directory(), found) : found;
        installed.ifPresent(command -> fetched.add("packages (" + command + ")"));
        for (ConfiguredAdapter adapter : adapters) {
            AdapterLog log = new AdapterLog(getLog(), adapter.id(), progress());
            Downloads downloads = downloads(node, log, message -> {
                log.info(message);
                fetched.add("what adapter '" + adapter.id() + "' asks for");
            });
            progress().step("Adapter '" + adapter.id() + "'", () -> {
                adapter.fetch(downloads);
                return adapter;
            });
        }
        output.say("Node for " + app.directory() + " is " + node.executable() + " (" + node.origin() + ")");
        output.say(
                fetched.isEmpty()
                        ? "Nothing was missing for an offline build"
                        : "Fetched: " + String.join(", ", fetched) + "; 'mvn -o package' needs no network now");
    }
}
