package dev.kitbridge.maven.packages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Extracts the errors from the output of a failed package manager. */
final class Complaint {

    private static final Pattern ERROR =
            Pattern.compile("^\\s*\\[?(npm )?(err|error)(\\b|_).*", Pattern.CASE_INSENSITIVE);

    private static final Pattern NOISE = Pattern.compile("^(npm error)?\\s*$|^npm warn .*");
    private static final Pattern NOT_CACHED = Pattern.compile(
            "request to \\S+?//[^/]+/\\S*?((?:@[^/\\s]+(?:/|%2f))?[^/\\s]+)(?:/-/\\S+)? failed: cache mode .*",
            Pattern.CASE_INSENSITIVE);
    private static final int BEFORE = 5;
    private static final int HEAD = 9;
    private static final int TAIL = 6;

    private Complaint() {}

    /** Returns the first package that npm did not find in its cache. */
    static Optional<String> notCached(List<String> output) {
        return output.stream()
                .map(NOT_CACHED::matcher)
                .filter(Matcher::find)
                .map(match -> match.group(1).replaceAll("(?i)%2f", "/"))
                .findFirst();
    }

    /**
     * Returns the lines from shortly before the first error: a failing script writes its message before npm does. Of
     * many lines, the middle is omitted. Without an error, returns the last lines.
     */
    static List<String> of(List<String> output) {
        List<String> lines = new ArrayList<>();
        UsageText usage = new UsageText();
        for (String line : output) {
            if (!usage.contains(line) && !NOISE.matcher(line).matches()) lines.add(line);
        }
        int first = 0;
        while (first < lines.size() && !ERROR.matcher(lines.get(first)).matches()) first++;
        if (first == lines.size()) return lines.subList(Math.max(0, first - HEAD - TAIL), first);
        lines = lines.subList(Math.max(0, first - BEFORE), lines.size());
        if (lines.size() <= HEAD + TAIL) return lines;
        List<String> some = new ArrayList<>(lines.subList(0, HEAD));
        some.add("...");
        some.addAll(lines.subList(lines.size() - TAIL, lines.size()));
        return some;
    }
}
