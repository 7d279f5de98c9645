package dev.kitbridge.maven.goal;

import dev.kitbridge.adapter.JavaScriptAdapter;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.packages.AdapterPackage;
import dev.kitbridge.maven.packages.NpmCommand;
import dev.kitbridge.maven.vite.InstalledAdapter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The adapters in JavaScript, whose packages are the app's or are installed beside it.
 *
 * @param request the parameters
 * @param node the Node that npm runs in
 * @param kit the app's SvelteKit
 */
record ScriptAdapters(GoalRequest request, NodeRuntime node, App.InstalledPackage kit) {

    /** Installs the package of an adapter, if necessary. */
    InstalledAdapter prepare(String id, JavaScriptAdapter asked) throws IOException {
        AdapterPackage.Ready ready = ready(id, asked);
        return new InstalledAdapter(asked, ready.version(), ready.entry(), ready.stamp());
    }

    /** Installs the package of an adapter; returns whether npm ran. */
    boolean fetch(String id, JavaScriptAdapter asked) throws IOException {
        return ready(id, asked).fetched();
    }

    /** Writes the lock file of an adapter; returns it, or nothing if the package is the app's own. */
    Optional<Path> lock(String id, JavaScriptAdapter asked) throws IOException {
        return Optional.ofNullable(of(id, asked).lock(npm(), request.log()));
    }

    private AdapterPackage.Ready ready(String id, JavaScriptAdapter asked) throws IOException {
        return request.progress()
                .measure("Installing adapters", () -> of(id, asked).prepare(kit.version(), npm(), request.log()));
    }

    private AdapterPackage of(String id, JavaScriptAdapter asked) {
        return new AdapterPackage(request.app(), request.module().directory(), id, asked);
    }

    private NpmCommand npm() {
        return new NpmCommand(
                request.packages().programs(), node, request.packages().offline());
    }
}
