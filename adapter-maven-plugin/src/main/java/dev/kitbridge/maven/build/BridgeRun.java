package dev.kitbridge.maven.build;

import dev.kitbridge.adapter.Emulator;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.emulator.EmulatorAnswers;
import dev.kitbridge.maven.emulator.EmulatorServer;
import dev.kitbridge.maven.emulator.PlatformModules;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.json.Jackson;
import dev.kitbridge.maven.node.NodeServer;
import dev.kitbridge.maven.packages.ScriptRun;
import dev.kitbridge.maven.process.ChildProcess;
import dev.kitbridge.maven.process.ProcessLog;
import dev.kitbridge.maven.services.JavaServices;
import dev.kitbridge.maven.vite.Contribution;
import dev.kitbridge.maven.vite.KitNotFound;
import dev.kitbridge.maven.vite.VitePlugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs an app's own Vite through the bridge.
 *
 * @param run the app and the script that starts Vite
 * @param kit the app's SvelteKit
 * @param mode Vite's mode
 * @param target the Maven module's output folder
 * @param folder the folder that the record is written to
 * @param contributions what each adapter contributes to Vite
 * @param services the module's services, or null
 * @param output Maven's log
 */
record BridgeRun(
        ScriptRun run,
        App.InstalledPackage kit,
        String mode,
        Path target,
        BuildFolder folder,
        List<Contribution> contributions,
        @Nullable JavaServices services,
        ProcessLog output) {

    /** A stack frame outside the app's own files. */
    private static final Pattern FOREIGN_FRAME =
            Pattern.compile("^\\s+at .*(node:|/node_modules/|\\.svelte-kit/kitbridge/)");

    /**
     * Sends the request to a bridge that waits for it. After the build, the bridge runs modules for {@link NodeServer}.
     */
    BuildRecord build(ChildProcess.Running bridge, VersionName version) throws IOException {
        App app = run.app();
        Path scratch = app.scratch();
        Files.deleteIfExists(folder.record());
        Files.deleteIfExists(error());
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("root", app.directory().toString());
        request.put("out", folder.path().toString());
        request.put("mode", mode);
        request.put("words", run.script().words(mode, "production"));
        request.put("serve", NodeServer.module(scratch).toString());
        request.put("versionName", version.value());
        request.put("target", target.toString());
        request.put("kit", kit.version());
        request.put("adapters", Contribution.scripts(contributions));
        request.put("plugins", VitePlugins.write(contributions, scratch));
        BuildRecord.prepare();
        List<String> troubles = new ArrayList<>();
        boolean built;
        try (EmulatorServer emulator = emulator()) {
            request.put("platform", emulator == null ? null : emulator.address());
            bridge.tell(Jackson.MAPPER.writeValueAsString(request));
            built = bridge.awaitLine(
                    NodeServer.DONE,
                    (text, error) -> {
                        output.line(text, error);
                        if (ProcessLog.isTrouble(text, error)) troubles.add(text);
                    },
                    seconds -> output.say("Vite is still building after " + seconds + " s"));
        }

        BuildRecord record = BuildRecord.read(folder.record());
        if (!built || record == null) throw failure(bridge.await((text, error) -> {}, seconds -> {}), troubles);
        if (record.versionIsDefault() && version.value() != null) {
            output.say("version.name is " + version.value() + ", from " + version.origin()
                    + ", since the app leaves it to SvelteKit's default, the time of day");
        } else if (version.value() == null) {
            output.warn("This build is not reproducible, unless the app sets version.name: its default is the time of"
                    + " day; set the property project.build.outputTimestamp");
        }
        return record;
    }

    private Path error() {
        return folder.path().resolve("error.json");
    }

    private @Nullable EmulatorServer emulator() throws IOException {
        Contribution emulating = Contribution.emulating(contributions);
        Emulator emulator = emulating == null ? null : emulating.emulator();
        if (emulator == null && services == null) return null;
        if (services != null || (emulating != null && emulating.front() != null))
            PlatformModules.unpack(run.app().scratch());
        return new EmulatorServer(EmulatorAnswers.ofBuild(emulator, services));
    }

    /**
     * The error of a build, as the bridge wrote it to a file.
     *
     * @param message the error's message
     * @param where file, line and column, or null if unknown
     * @param adapter the adapter in JavaScript that failed, which the message names; null if Vite did
     * @param culprit the npm package that could not be bundled, or null
     * @param cure an adapter's advice on that package, or null
     */
    private record Failure(
            String message,
            @Nullable String where,
            @Nullable String adapter,
            @Nullable String culprit,
            @Nullable String cure) {

        String advice() {
            return culprit == null || cure == null
                    ? ""
                    : "\nThe package " + culprit + " could not be bundled; " + cure + ".";
        }
    }

    private UserFailure failure(ChildProcess.Result result, List<String> troubles) throws IOException {
        App app = run.app();
        if (!Files.isRegularFile(error())) {
            return new UserFailure("The Vite build of " + app.directory() + " ended with exit code "
                    + result.exitCode() + " and without a record; its last lines:\n  "
                    + String.join("\n  ", ProcessLog.plain(result.tail())));
        }
        Failure failure = Jackson.MAPPER.readValue(Files.readString(error()), Failure.class);
        String message = ProcessLog.plain(failure.message());
        if (failure.adapter() != null) return new UserFailure(message);
        UserFailure shape = KitNotFound.failure(app, kit, message);
        if (shape != null) return shape;
        return new UserFailure("The Vite build of " + app.directory() + " failed: " + message
                + details(message, failure.where(), troubles) + failure.advice());
    }

    /** Returns the location of an error whose message does not contain it, or else the output before the error. */
    private static String details(String message, @Nullable String where, List<String> troubles) {
        if (where != null) return message.contains(where) ? "" : "\n  at " + where;
        if (message.contains("\n")) return "";
        List<String> lines = ProcessLog.plain(troubles).stream()
                .filter(line -> !line.isBlank()
                        && !line.equals(message)
                        && !FOREIGN_FRAME.matcher(line).find())
                .toList();
        List<String> last = lines.subList(Math.max(0, lines.size() - 12), lines.size());
        return last.isEmpty() ? "" : "\nIts last output:\n  " + String.join("\n  ", last);
    }
}
