package dev.kitbridge.maven;

import dev.kitbridge.maven.app.FileNames;
import dev.kitbridge.maven.failure.Defect;
import dev.kitbridge.maven.failure.UserFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/** Translates failures to Maven's exceptions. */
final class MojoFailures {

    private MojoFailures() {}

    /**
     * Throws a failure that the user can fix as {@link MojoFailureException}, and any other as
     * {@link MojoExecutionException}.
     *
     * @param shown whether to pass the cause on: Maven appends the messages of causes to the message
     */
    static void rethrow(Exception failure, boolean shown) throws MojoExecutionException, MojoFailureException {
        if (failure instanceof InvalidPathException path) {
            rethrow(FileNames.system().failure(path), shown);
        } else if (failure instanceof UserFailure) {
            throw new MojoFailureException(failure.getMessage(), shown ? failure.getCause() : null);
        } else if (failure instanceof Defect) {
            throw new MojoExecutionException(failure.getMessage(), shown ? failure.getCause() : null);
        } else if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            throw new MojoExecutionException("Reading or writing failed: " + failure.getMessage(), failure);
        } else {
            throw new MojoExecutionException(
                    "adapter-maven-plugin failed: " + failure + "; this is a bug in it; run Maven with -e to see where",
                    shown ? failure : null);
        }
    }
}
