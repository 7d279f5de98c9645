package dev.kitbridge.maven.vite;

import dev.kitbridge.maven.digest.Fingerprint;
import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.node.Script;
import dev.kitbridge.maven.packages.ScriptRun;
import dev.kitbridge.maven.process.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The bridge's modules, which are put into the app's own scratch folder so that their imports are the app's. */
final class Bridge {

    private static final List<String> MODULES = List.of(
            "bridge.mjs",
            "child.mjs",
            "commands.mjs",
            "emulator.mjs",
            "fork.mjs",
            "hooks.mjs",
            "inputs.mjs",
            "maven.mjs",
            "published.mjs",
            "reads.mjs",
            "record.mjs",
            "server.mjs",
            "swap.mjs");

    private Bridge() {}

    /**
     * Starts the bridge, which loads Vite and waits for its request.
     *
     * @param run the app, the Node and the environment
     * @param colours whether the log goes to a terminal
     */
    static Child.Running start(ScriptRun run, boolean colours) throws IOException {
        Path scratch = run.app().scratch();
        for (String module : MODULES) new Script(Bridge.class, module).unpack(scratch);
        List<String> command = List.of(
                run.node().executable().toString(),
                "--import",
                scratch.resolve("fork.mjs").toUri().toString(),
                scratch.resolve("bridge.mjs").toString());
        Map<String, String> variables = new TreeMap<>();
        // as Vite's own command line does, but where nobody else writes
        variables.put("NODE_COMPILE_CACHE", scratch.resolve("compiled").toString());
        // it may compress what it built
        variables.putAll(Programs.allCores());
        if (colours) variables.put("FORCE_COLOR", "1");
        variables.putAll(run.environment());
        return new Child(command, run.app().directory(), variables).start();
    }

    static String digest() throws IOException {
        Fingerprint fingerprint = new Fingerprint();
        for (String module : MODULES)
            fingerprint.add(module, Fingerprint.sha256(new Script(Bridge.class, module).bytes()));
        return fingerprint.digest();
    }
}
