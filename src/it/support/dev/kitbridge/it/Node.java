package dev.kitbridge.it;

import dev.kitbridge.maven.node.Nodes;
import dev.kitbridge.maven.node.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The Node that the projects build with, for scripts that run the output. */
public final class Node {

    private Node() {}

    /** Returns the program. */
    public static Path program() {
        try {
            return new Nodes(null, "24", null, false, false, Programs.system())
                    .find(Path.of(""), message -> {})
                    .executable();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs Node until it ends.
     *
     * @return the output without surrounding white space
     */
    public static String run(Object folder, Map<String, String> environment, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(program().toString()));
        for (Object argument : arguments) command.add(argument.toString());
        return run(folder, environment, command);
    }

    /** Runs the machine's npm until it ends. */
    public static String npm(Object folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of("npm"));
        command.addAll(List.of(arguments));
        return run(folder, Map.of(), command);
    }

    private static String run(Object folder, Map<String, String> environment, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(App.path(folder).toFile())
                    .redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int code = process.waitFor();
            if (code != 0) throw new AssertionError(command + " ended with exit code " + code + ":\n" + output);
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
