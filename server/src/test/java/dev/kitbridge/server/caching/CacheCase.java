package dev.kitbridge.server.caching;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One line of {@code cases.txt}.
 *
 * @param section heading above the line
 * @param name unique in the table
 * @param level what the standard says about the last step
 * @param responses of the app, for its first request, its second, and so on; the last one repeats
 * @param steps requests of clients, in order
 * @param deviation why the page cache does something else on purpose; empty if it does not
 */
public record CacheCase(
        String section, String name, Level level, List<AppResponse> responses, List<Step> steps, String deviation) {

    /** The requirement behind a case. */
    public enum Level {
        /** A MUST, or the safety of other visitors. */
        MUST,
        SHOULD,
        /** Permitted, and what a good cache does. */
        MAY
    }

    /**
     * A response of the app.
     *
     * @param status status; 304 is sent only to a request whose condition matches, others get 200
     * @param fields names and values, in turn
     */
    public record AppResponse(int status, List<String> fields) {

        static AppResponse parse(String text) {
            int status = 200;
            List<String> fields = new ArrayList<>();
            for (String part : text.split("⏎", -1)) {
                String item = part.strip();
                if (item.matches("\\d{3}")) status = Integer.parseInt(item);
                else if (!item.isEmpty()) addField(fields, item);
            }
            return new AppResponse(status, fields);
        }
    }

    /**
     * A request of a client.
     *
     * @param delay seconds that pass before it
     * @param method method
     * @param suffix what follows the path of the case in the target
     * @param fields names and values, in turn
     * @param outcomes what has to be true afterwards
     */
    public record Step(int delay, String method, String suffix, List<String> fields, List<String> outcomes) {

        static Step parse(String text) {
            int delay = 0;
            String suffix = "";
            String[] sides = text.split(" = ", 2);
            String request = sides[0].strip();
            if (request.startsWith("+")) {
                String[] parts = request.split(" +", 2);
                delay = Integer.parseInt(parts[0].substring(1));
                request = parts[1];
            }
            String[] parts = request.split(" +", 2);
            String rest = parts.length == 1 ? "" : parts[1];
            if (rest.startsWith("/") || rest.startsWith("?")) {
                String[] target = rest.split(" +", 2);
                suffix = target[0];
                rest = target.length == 1 ? "" : target[1];
            }
            List<String> fields = new ArrayList<>();
            for (String field : rest.split("⏎", -1)) if (!field.isBlank()) addField(fields, field.strip());
            List<String> outcomes = new ArrayList<>();
            for (String outcome : (sides.length == 1 ? "asked" : sides[1]).split(" & ", -1)) {
                outcomes.add(outcome.strip());
            }
            return new Step(delay, parts[0], suffix, fields, outcomes);
        }
    }

    private static void addField(List<String> fields, String item) {
        String[] parts = item.split(":", 2);
        if (parts.length < 2) throw new IllegalArgumentException("no field: " + item);
        fields.add(parts[0].strip());
        fields.add(parts[1].strip());
    }

    /** Reads the table. */
    public static List<CacheCase> all() throws IOException {
        List<CacheCase> cases = new ArrayList<>();
        String section = "";
        try (InputStream in = Objects.requireNonNull(CacheCase.class.getResourceAsStream("cases.txt"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (line.startsWith("== ")) section = line.substring(3).strip();
                else if (!line.isBlank() && !line.startsWith("#")) cases.add(parse(section, line));
            }
        }
        return cases;
    }

    private static CacheCase parse(String section, String line) {
        try {
            String[] columns = line.split(" \\| ", -1);
            List<AppResponse> responses = new ArrayList<>();
            for (String response : columns[2].split(" → ", -1)) responses.add(AppResponse.parse(response));
            List<Step> steps = new ArrayList<>();
            for (String step : columns[3].split(" → ", -1)) steps.add(Step.parse(step));
            Level level = Level.valueOf(columns[1].strip().toUpperCase(java.util.Locale.ROOT));
            String deviation = columns.length > 4 ? columns[4].strip() : "";
            return new CacheCase(section, columns[0].strip(), level, responses, steps, deviation);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("cases.txt: " + line, e);
        }
    }

    @Override
    public String toString() {
        return section + ": " + name;
    }
}
