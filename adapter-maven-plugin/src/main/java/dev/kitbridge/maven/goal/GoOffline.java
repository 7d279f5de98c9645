package dev.kitbridge.maven.goal;

import dev.kitbridge.adapter.Downloads;
import dev.kitbridge.adapter.JavaScriptAdapter;
import dev.kitbridge.adapter.Log;
import dev.kitbridge.maven.adapters.ConfiguredAdapter;
import dev.kitbridge.maven.node.NodeRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Fetches everything that a later build needs without a network: Node, the app's packages, and the files that adapters
 * request.
 *
 * @param request the parameters
 * @param adapters the adapters that the POM names
 */
public record GoOffline(GoalRequest request, List<ConfiguredAdapter> adapters) {

    /** Fetches what is missing, and logs it. */
    public void run() throws IOException {
        Set<String> fetched = new LinkedHashSet<>();
        Installation installation = Installation.of(request, message -> fetched.add("Node"));
        NodeRuntime node = installation.node();
        installation.command().ifPresent(command -> fetched.add("packages (" + command + ")"));
        for (ConfiguredAdapter adapter : adapters) {
            JavaScriptAdapter script = adapter.script();
            if (script != null && scripts(node).fetch(adapter.id(), script)) fetched.add(script.packageName());
            fetch(adapter, node, fetched);
        }
        request.log()
                .say("Node for " + request.app().directory() + " is " + node.executable() + " (" + node.origin() + ")");
        request.log()
                .say(
                        fetched.isEmpty()
                                ? "Nothing was missing for an offline build"
                                : "Fetched: " + String.join(", ", fetched) + "; 'mvn -o package' needs no network now");
    }

    /** Writes the lock files of adapters from npm that are installed beside the app. */
    public void lock() throws IOException {
        NodeRuntime node = Installation.of(request, message -> {}).node();
        int locked = 0;
        for (ConfiguredAdapter adapter : adapters) {
            JavaScriptAdapter script = adapter.script();
            if (script == null) continue;
            Optional<Path> file = scripts(node).lock(adapter.id(), script);
            request.log()
                    .say(file.map(path -> "Wrote " + path + "; commit it")
                            .orElse("Adapter '" + adapter.id() + "' needs no lock file: " + script.packageName()
                                    + " is installed in the app, whose own lock file holds it"));
            locked++;
        }
        if (locked == 0) request.log().say("No adapter in <adapters> comes from npm, so that there is nothing to lock");
    }

    private ScriptAdapters scripts(NodeRuntime node) throws IOException {
        return new ScriptAdapters(request, node, request.kit());
    }

    private void fetch(ConfiguredAdapter adapter, NodeRuntime node, Set<String> fetched) {
        Log log = request.module().log(adapter.id());
        Downloads downloads = request.module().downloads(node, log, message -> {
            log.info(message);
            fetched.add("what adapter '" + adapter.id() + "' asks for");
        });
        request.progress().step("Adapter '" + adapter.id() + "'", () -> {
            adapter.fetch(downloads);
            return adapter;
        });
    }
}
