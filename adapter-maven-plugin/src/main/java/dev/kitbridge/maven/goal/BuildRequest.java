package dev.kitbridge.maven.goal;

import dev.kitbridge.adapter.Project;
import dev.kitbridge.maven.packages.ViteScript;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a build.
 *
 * @param shared the parameters that all goals share
 * @param project the Maven module as adapters see it
 * @param givenMode {@code <mode>}, or null
 * @param beforeBuild {@code <beforeBuild>}, or null
 * @param afterBuild {@code <afterBuild>}, or null
 */
public record BuildRequest(
        GoalRequest shared,
        Project project,
        @Nullable String givenMode,
        @Nullable List<String> beforeBuild,
        @Nullable List<String> afterBuild) {

    /** Returns the script that builds, with the commands that the POM names. */
    ViteScript script() throws IOException {
        return ViteScript.of(shared.app(), "build").with(beforeBuild, afterBuild);
    }

    /** Returns Vite's mode. */
    String mode() throws IOException {
        return script().mode(givenMode, "production");
    }
}
