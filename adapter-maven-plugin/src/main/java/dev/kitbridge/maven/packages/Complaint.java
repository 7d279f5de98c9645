package dev.kitbridge.maven.packages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What matters in the output of a package manager that failed. */
final class Complaint {

    private static final Pattern ERROR =
            Pattern.compile("^\\s*\\[?(npm )?(err|error)(\\b|_).*", Pattern.CASE_INSENSITIVE);

    /** npm adds its manual to some errors, by far longer than the error. */
    private static final Pattern MANUAL = Pattern.compile("^npm error Usage:.*");

    private static final Pattern EMPTY = Pattern.compile("^(npm error)?\\s*$");
    private static final Pattern LOG_FILE = Pattern.compile("^npm error A complete log .*");
    private static final Pattern NOT_CACHED = Pattern.compile(
            "request to \\S+?//[^/]+/\\S*?((?:@[^/\\s]+(?:/|%2f))?[^/\\s]+)(?:/-/\\S+)? failed: cache mode .*",
            Pattern.CASE_INSENSITIVE);
    private static final int HEAD = 9;
    private static final int TAIL = 6;

    private Complaint() {}

    /** The package that npm did not find in its cache: the first of maybe many. */
    static Optional<String> notCached(List<String> output) {
        return output.stream()
                .map(NOT_CACHED::matcher)
                .filter(Matcher::find)
                .map(match -> match.group(1).replaceAll("(?i)%2f", "/"))
                .findFirst();
    }

    /**
     * The lines from the first error on, the middle left out where there are many; without an error, the last lines.
     */
    static List<String> of(List<String> output) {
        List<String> lines = new ArrayList<>();
        boolean manual = false;
        boolean found = output.stream().anyMatch(line -> ERROR.matcher(line).matches());
        boolean begun = !found;
        for (String line : output) {
            begun |= ERROR.matcher(line).matches();
            manual |= MANUAL.matcher(line).matches();
            boolean kept = !manual || LOG_FILE.matcher(line).matches();
            if (begun && kept && !EMPTY.matcher(line).matches()) lines.add(line);
        }
        if (!found) return lines.subList(Math.max(0, lines.size() - HEAD - TAIL), lines.size());
        if (lines.size() <= HEAD + TAIL) return lines;
        List<String> some = new ArrayList<>(lines.subList(0, HEAD));
        some.add("...");
        some.addAll(lines.subList(lines.size() - TAIL, lines.size()));
        return some;
    }
}
