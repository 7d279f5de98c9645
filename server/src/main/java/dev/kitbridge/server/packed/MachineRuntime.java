package dev.kitbridge.server.packed;

import dev.kitbridge.server.StartException;
import dev.kitbridge.server.internal.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The machine's JavaScript runtime, for a jar that contains none for this platform. */
final class MachineRuntime {

    private static final Pattern VERSION = Pattern.compile("v?(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})\\S*");

    private MachineRuntime() {}

    /**
     * Checks the version, since kit's code starts on an older runtime and fails later with misleading errors.
     *
     * @param program a name on {@code PATH}, or a path
     * @param least the minimum version for the app's SvelteKit
     * @throws StartException if the runtime is missing or older
     */
    static void check(String program, String least) {
        String version = version(program, least);
        Matcher found = VERSION.matcher(version);
        Matcher needed = VERSION.matcher(least);
        if (!found.matches() || !needed.matches()) {
            throw new StartException(
                    "'" + program + " --version' says '" + version + "'; expected " + least + " or later");
        }
        for (int part = 1; part <= 3; part++) {
            int order = Integer.compare(Integer.parseInt(found.group(part)), Integer.parseInt(needed.group(part)));
            if (order > 0) return;
            if (order < 0) {
                throw new StartException(
                        "The " + program + " on PATH is " + version + ", this app needs " + least
                                + " or later; install that version, or add this platform to <platforms> and build the jar again");
            }
        }
    }

    private static String version(String program, String least) {
        try {
            Process process = Processes.start(
                    new ProcessBuilder(program, "--version").redirectError(ProcessBuilder.Redirect.DISCARD));
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return output.strip().lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new StartException(
                    "There is no " + program + " on PATH, and the jar contains none for this platform; install " + least
                            + " or later, or add this platform to <platforms> and build the jar again");
        }
    }
}
