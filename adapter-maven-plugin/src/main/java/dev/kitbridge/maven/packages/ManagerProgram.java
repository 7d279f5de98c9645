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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.semver4j.Semver;

/**
 * Starts a package manager: from {@code PATH} if its version is suitable, else through {@code npm exec}.
 *
 * @param manager the package manager
 * @param programs finds it on a search path
 * @param node the Node that it runs in
 * @param offline whether Maven is offline
 */
record ManagerProgram(PackageManager manager, Programs programs, NodeRuntime node, boolean offline) {

    /**
     * Returns the program and its first arguments.
     *
     * @param output logs why a program on {@code PATH} is not used
     */
    List<String> command(ProcessLog output) throws IOException {
        Optional<List<String>> own = own();
        if (own.isPresent()) {
            Optional<String> unsuitable = unsuitable(own.get());
            if (unsuitable.isEmpty()) return own.get();
            output.say(manager.kind().program() + " " + unsuitable.get() + " on PATH is not used, since "
                    + manager.origin() + " asks for " + manager.version() + "; npm fetches " + manager.npmPackage());
        }
        List<String> command = exec();
        command.addAll(List.of("--", manager.kind().program()));
        return command;
    }

    /** Returns the start of a command that runs a shell's command line with the package manager on {@code PATH}. */
    List<String> exec() {
        List<String> npm = new ArrayList<>(programs.npm(node)
                .orElseThrow(() -> new UserFailure("There is no npm on PATH, and the app's packages are not installed;"
                        + " install npm, or install the packages and set <install>never</install>")));
        npm.addAll(List.of("exec", "--yes", "--package=" + manager.npmPackage()));
        if (offline) npm.add("--offline");
        return npm;
    }

    private Optional<List<String>> own() {
        if (manager.kind() == PackageManager.Kind.NPM) return programs.npm(node);
        return programs.find(manager.kind().program()).map(Path::toString).map(List::of);
    }

    /**
     * Returns the version of a program that is not suitable for the app. A program without a readable version is not
     * suitable.
     */
    private Optional<String> unsuitable(List<String> program) throws IOException {
        if (manager.version().isEmpty()) return Optional.empty();
        List<String> command = new ArrayList<>(program);
        command.add("--version");
        Map<String, String> environment = new TreeMap<>(programs.withFirst(node));
        environment.putAll(manager.environment());
        ChildProcess.Result result = new ChildProcess(command, manager.root(), environment).run();
        // warnings may precede the version
        Optional<String> version = result.tail().stream()
                .map(String::strip)
                .filter(Semver::isValid)
                .findFirst();
        if (version.isEmpty()) return Optional.of("of an unknown version");
        return version.filter(found -> !manager.accepts(found));
    }
}
