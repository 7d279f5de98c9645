package dev.kitbridge.maven;

import dev.kitbridge.maven.packages.Packages;
import dev.kitbridge.maven.vite.BuildOutput;

/**
 * What a package manager says goes to Maven's log.
 *
 * @param output of the goal
 */
record PackageLog(BuildOutput output) implements Packages.Output {

    @Override
    public void say(String message) {
        output.say(message);
    }

    @Override
    public void warn(String message) {
        output.warn(message);
    }

    @Override
    public void line(String text, boolean error) {
        if (!text.isBlank()) output.line(text, error);
    }
}
