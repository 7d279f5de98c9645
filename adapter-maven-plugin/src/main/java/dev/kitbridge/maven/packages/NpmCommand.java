package dev.kitbridge.maven.packages;

import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.process.ChildProcess;
import dev.kitbridge.maven.process.ProcessLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs npm for packages that are not the app's.
 *
 * @param programs finds npm on a search path
 * @param node the Node that it runs in
 * @param offline whether Maven is offline
 */
public record NpmCommand(Programs programs, NodeRuntime node, boolean offline) {

    /**
     * The result of a command.
     *
     * @param shown the command for messages
     * @param succeeded whether its exit code is 0
     * @param said its output
     */
    record Result(String shown, boolean succeeded, List<String> said) {}

    Result run(Path directory, List<String> arguments, ProcessLog log) throws IOException {
        List<String> command = new ArrayList<>(programs.npm(node)
                .orElseThrow(
                        () -> new UserFailure("There is no npm on PATH, which installs adapters from npm; install npm,"
                                + " or add the adapter to the app's devDependencies")));
        command.addAll(arguments);
        if (offline) command.add("--offline");
        List<String> said = new ArrayList<>();
        UsageText usage = new UsageText();
        ChildProcess.Result result = new ChildProcess(command, directory, programs.withFirst(node))
                .run(
                        (text, error) -> {
                            if (!usage.contains(text)) said.add(text);
                        },
                        seconds -> log.say("npm is still running after " + seconds + " s"));
        String shown = "npm " + String.join(" ", arguments) + (offline ? " --offline" : "");
        return new Result(shown, result.succeeded(), said);
    }
}
