package dev.kitbridge.adapter.test.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cases in which a server may respond as it likes, for a reason that its author gives.
 *
 * @param demand a regular expression for the whole id of a demand, {@code files/.*}
 * @param request a regular expression for a part of the request as the report shows it
 * @param reason why the server responds differently
 */
public record Tolerance(Pattern demand, Pattern request, String reason) {

    /**
     * Creates a tolerance from texts.
     *
     * @param demand a regular expression for the whole id of a demand
     * @param request a regular expression for a part of the request
     * @param reason why the server responds differently
     * @return the tolerance
     */
    public static Tolerance of(String demand, String request, String reason) {
        return new Tolerance(Pattern.compile(demand), Pattern.compile(request), reason);
    }

    /**
     * Reads a file with a tolerance in each line: demand, request and reason, with a tab or several spaces between
     * them. Empty lines and lines that begin with {@code #} are ignored.
     *
     * @param file a text file in UTF-8
     * @return the tolerances
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if a line has another form
     */
    public static List<Tolerance> read(Path file) throws IOException {
        List<Tolerance> all = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.isBlank() || line.startsWith("#")) continue;
            String[] parts = line.strip().split("\t+| {2,}", 3);
            if (parts.length < 3) {
                throw new IllegalArgumentException(file + " has the line '" + line
                        + "'; expected a demand, a request and a" + " reason, with a tab or two spaces between them");
            }
            all.add(of(parts[0], parts[1], parts[2]));
        }
        return all;
    }

    boolean covers(TckCase one) {
        return demand.matcher(one.demand().id()).matches()
                && request.matcher(one.request().toString()).find();
    }
}
