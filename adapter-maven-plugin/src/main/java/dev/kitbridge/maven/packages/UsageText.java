package dev.kitbridge.maven.packages;

import java.util.regex.Pattern;

/** Recognizes the usage text of a command that npm adds to some errors: up to 80 lines that hide the error. */
final class UsageText {

    private static final Pattern BEGIN = Pattern.compile("^npm (error|ERR!) Usage:.*");
    private static final Pattern END = Pattern.compile("^(?!npm (error|ERR!)).*|^npm (error|ERR!) A complete log .*");

    private boolean inside;

    /** Returns whether a line belongs to a usage text. Lines must be passed in order. */
    boolean contains(String line) {
        if (BEGIN.matcher(line).matches()) inside = true;
        else if (END.matcher(line).matches()) inside = false;
        return inside;
    }
}
