package dev.kitbridge.maven.vite;

import dev.kitbridge.maven.files.Fingerprint;
import dev.kitbridge.maven.node.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The JavaScript modules that run an app's Vite. They are unpacked into the app's scratch folder, so that their imports
 * resolve to the app's packages.
 */
public enum BridgeModules {
    /** The modules of a build; {@code bridge.mjs} is the entry. */
    BUILD(
            "adapt.mjs",
            "adapters.mjs",
            "bridge.mjs",
            "child.mjs",
            "commands.mjs",
            "contradictions.mjs",
            "emulator.mjs",
            "fork.mjs",
            "hooks.mjs",
            "inputs.mjs",
            "maven.mjs",
            "published.mjs",
            "reads.mjs",
            "record.mjs",
            "server.mjs",
            "swap.mjs",
            "written.mjs"),

    /** The modules of a server; {@code serve.mjs} is the entry. */
    SERVE(
            "adapters.mjs",
            "application.mjs",
            "asker.mjs",
            "child.mjs",
            "contradictions.mjs",
            "emulator.mjs",
            "front.mjs",
            "maven.mjs",
            "overlay.mjs",
            "preview.mjs",
            "serve.mjs",
            "swap.mjs",
            "visits.mjs");

    private final List<Script> scripts;

    BridgeModules(String... names) {
        scripts = List.of(names).stream()
                .map(name -> new Script(BridgeModules.class, name))
                .toList();
    }

    /** Writes the modules into a folder. */
    public void unpack(Path scratch) throws IOException {
        for (Script script : scripts) script.unpack(scratch);
    }

    /** Returns the SHA-256 of all modules. */
    public String digest() throws IOException {
        Fingerprint fingerprint = new Fingerprint();
        for (Script script : scripts) fingerprint.add(script.name(), Fingerprint.sha256(script.bytes()));
        return fingerprint.digest();
    }
}
