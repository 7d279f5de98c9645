package dev.kitbridge.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The log of a project's Maven run, {@code build.log}, without the lines that a step logs if it takes long. Used by
 * {@code verify.groovy}.
 */
public final class BuildLog {

    private static final Pattern PROGRESS = Pattern.compile("(?m)^.* is still running after \\d+ s.*\\R");

    private final String text;

    private BuildLog(String text) {
        this.text = PROGRESS.matcher(text).replaceAll("");
    }

    /** Reads the log of all invocations of the project. */
    public static BuildLog of(File basedir) {
        return read(basedir.toPath().resolve("build.log"));
    }

    /** Reads a log in another file. */
    public static BuildLog read(Path file) {
        try {
            return new BuildLog(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the whole log. */
    public String text() {
        return text;
    }

    /** Fails if the log does not contain a text. */
    public BuildLog has(String part) {
        if (!text.contains(part)) throw new AssertionError("the log should hold: " + part);
        return this;
    }

    /** Fails if the log contains a text. */
    public BuildLog hasNot(String part) {
        if (text.contains(part)) throw new AssertionError("the log should not hold: " + part);
        return this;
    }

    /** Counts the occurrences of a text. */
    public int count(String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    /** Returns the messages of failed builds of a module, in order. Fails if one is not a failure of the user. */
    public List<String> failuresOf(String artifactId) {
        List<String> failures = new ArrayList<>();
        Matcher start = Pattern.compile("(?m)^\\[ERROR\\] Failed to execute goal dev\\.kitbridge:\\S+ .*on project "
                        + Pattern.quote(artifactId) + ": ")
                .matcher(text);
        Pattern end = Pattern.compile(" -> \\[Help (\\d+)\\]$", Pattern.MULTILINE);
        while (start.find()) {
            Matcher help = end.matcher(text);
            if (!help.find(start.end())) throw new AssertionError("the log breaks off in the message of " + artifactId);
            Matcher kind = Pattern.compile("\\[Help " + help.group(1) + "\\] \\S*/(\\w+)")
                    .matcher(text);
            if (!kind.find(help.end()) || !kind.group(1).equals("MojoFailureException")) {
                throw new AssertionError(artifactId + " should have failed plainly");
            }
            failures.add(text.substring(start.end(), help.start()).replaceAll("(?m)^\\[ERROR\\] ?", ""));
        }
        hasNot("    at dev.kitbridge.");
        return failures;
    }

    /** Returns the message of the only failed build of a module. Fails if it does not contain all given parts. */
    public String failureOf(String artifactId, String... parts) {
        List<String> failures = failuresOf(artifactId);
        if (failures.size() != 1) {
            throw new AssertionError(artifactId + " should have failed once, not " + failures.size() + " times");
        }
        for (String part : parts) {
            if (!failures.get(0).contains(part)) {
                throw new AssertionError(
                        "the failure of " + artifactId + " should hold '" + part + "', but is: " + failures.get(0));
            }
        }
        return failures.get(0);
    }

    /** Fails if the build did not end with this message as a failure of the user: one error without a stack trace. */
    public BuildLog failedWith(String... parts) {
        has("BUILD FAILURE");
        for (String part : parts) has(part);
        hasNot("    at dev.kitbridge.");
        return this;
    }
}
