package dev.kitbridge.maven.build;

import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.packages.ScriptRun;
import dev.kitbridge.maven.process.ChildProcess;
import dev.kitbridge.maven.vite.BridgeModules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The process that builds: Node, with the bridge and the app's Vite. */
final class Bridge {

    private Bridge() {}

    /**
     * Starts the bridge, which loads Vite and waits for its request.
     *
     * @param run the app, the Node and the environment
     * @param colours whether the log goes to a terminal
     */
    static ChildProcess.Running start(ScriptRun run, boolean colours) throws IOException {
        Path scratch = run.app().scratch();
        BridgeModules.BUILD.unpack(scratch);
        List<String> command = List.of(
                run.node().executable().toString(),
                "--import",
                scratch.resolve("fork.mjs").toUri().toString(),
                scratch.resolve("bridge.mjs").toString());
        Map<String, String> variables = new TreeMap<>();
        // Vite's command line enables the cache too; this folder is not shared with another process
        variables.put("NODE_COMPILE_CACHE", scratch.resolve("compiled").toString());
        // the same process may compress the output later
        variables.putAll(Programs.allCores());
        if (colours) variables.put("FORCE_COLOR", "1");
        variables.putAll(run.environment());
        return new ChildProcess(command, run.app().directory(), variables).start();
    }
}
