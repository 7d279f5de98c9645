package dev.kitbridge.maven.packages;

import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.packages.ViteScript.Command;
import dev.kitbridge.maven.process.ChildProcess;
import dev.kitbridge.maven.process.ProcessLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs the commands around Vite as the app's package manager does, and provides the environment of Vite.
 *
 * @param app the app
 * @param script the script that starts Vite
 * @param node the Node to build with
 * @param programs finds programs on a search path
 * @param offline whether Maven is offline
 * @param given {@code <environmentVariables>}
 */
public record ScriptRun(
        App app, ViteScript script, NodeRuntime node, Programs programs, boolean offline, Map<String, String> given) {

    /** Returns the variables that the script and the POM set for Vite. */
    public Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>(script.vite().variables());
        variables.putAll(given);
        return variables;
    }

    /** Returns the variables that Vite gets in addition to Maven's environment. */
    public Map<String, String> environment() throws IOException {
        Map<String, String> environment = scriptEnvironment().of(script.event(), script.text());
        environment.putAll(variables());
        return environment;
    }

    /** Returns the same variables without {@code npm_config_user_agent}, for which Node may have to be started. */
    public Map<String, String> environmentWithoutUserAgent() throws IOException {
        Map<String, String> environment = scriptEnvironment().withoutUserAgent(script.event(), script.text());
        environment.putAll(variables());
        return environment;
    }

    private ScriptEnvironment scriptEnvironment() throws IOException {
        return new ScriptEnvironment(app, manager(), programs, node);
    }

    private PackageManager manager() throws IOException {
        return PackageManager.of(app.directory());
    }

    /**
     * Runs commands one after the other.
     *
     * @param order {@code before} or {@code after}, for messages
     * @throws UserFailure if a command fails
     */
    public void run(List<Command> commands, String order, ProcessLog output) throws IOException {
        for (Command command : commands) {
            output.say("Running '" + command.line() + "' " + order + " Vite, for the script '" + command.event()
                    + "' of package.json");
            run(command, output);
        }
    }

    private void run(Command command, ProcessLog output) throws IOException {
        String text = app.packageJson().path("scripts").path(command.event()).asString(command.line());
        Map<String, String> environment = scriptEnvironment().of(command.event(), text);
        environment.putAll(given);
        ChildProcess.Result result = new ChildProcess(shell(command.line()), app.directory(), environment)
                .run(
                        output::line,
                        seconds -> output.say("'" + command.line() + "' is still running after " + seconds + " s"));
        if (result.succeeded()) return;
        throw new UserFailure("'" + command.line() + "', for the script '" + command.event() + "' of "
                + app.directory().resolve("package.json") + ", failed with exit code " + result.exitCode() + ":\n  "
                + String.join("\n  ", Complaint.of(result.tail())));
    }

    /** Returns the command line of a shell. {@code npm exec} provides a package manager that is not installed. */
    private List<String> shell(String line) throws IOException {
        PackageManager manager = manager();
        String program = manager.kind().program();
        boolean isMissing = line.matches("(.*\\W)?" + program + "\\s.*")
                && programs.find(program).isEmpty();
        if (isMissing) {
            List<String> command = new ArrayList<>(new ManagerProgram(manager, programs, node, offline).exec());
            command.addAll(List.of("--call", line));
            return command;
        }
        return System.getProperty("os.name").startsWith("Windows")
                ? List.of("cmd.exe", "/d", "/s", "/c", line)
                : List.of("sh", "-c", line);
    }

    /** Warns about the parts of the script that do not run. */
    public void warn(ProcessLog output) {
        String where = "The script '" + script.event() + "' of package.json is '" + script.text() + "'. ";
        String element = script.event().equals("dev") ? "beforeDev" : "beforeBuild";
        if (!script.isPlain()) {
            output.warn(where + "The commands before Vite cannot be determined from it, so only Vite runs; name the"
                    + " commands in <" + element + ">, or set it to 'none' if there are none");
        }
        if (!script.skipped().isEmpty()) {
            output.warn(where + "Vite is followed by '"
                    + String.join(
                            "' and '",
                            script.skipped().stream().map(Command::line).toList())
                    + "', which does not run, since it may need the output of the app's own adapter; name it in"
                    + " <afterBuild>, or set that to 'none' if it is not needed");
        }
        if (!script.vite().others().isEmpty()) {
            output.warn(where + "Vite is called without '"
                    + String.join(" ", script.vite().others())
                    + "'; set these options in the app's vite.config");
        }
    }
}
