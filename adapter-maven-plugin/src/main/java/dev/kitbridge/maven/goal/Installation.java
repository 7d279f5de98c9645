package dev.kitbridge.maven.goal;

import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.node.NodeRuntime;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A Node, and the app's packages in {@code node_modules}.
 *
 * @param node the Node that builds
 * @param command the command that has installed the packages now; empty if they were installed before
 */
record Installation(NodeRuntime node, Optional<String> command) {

    /**
     * Finds Node and installs the packages, each if necessary.
     *
     * @param fetching called with a message before Node is fetched
     */
    static Installation of(GoalRequest request, Consumer<String> fetching) throws IOException {
        App app = request.app();
        NodeRuntime found = request.progress()
                .step("Finding Node", () -> request.nodes().find(app.directory(), message -> {
                    request.progress().at(message);
                    request.log().say(message);
                    fetching.accept(message);
                }));
        Optional<String> command = request.progress()
                .measure("Installing packages", () -> request.packages().install(app, found, request.log()));
        NodeRuntime node = command.isPresent() ? request.nodes().afterInstall(app.directory(), found) : found;
        return new Installation(node, command);
    }
}
