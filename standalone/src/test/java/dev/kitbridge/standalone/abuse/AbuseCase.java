package dev.kitbridge.standalone.abuse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A request that no browser sends, and the outcome that the standard requires.
 *
 * @param section section of the standard, and what it is about
 * @param name what is unusual about the request
 * @param request the octets to send, in the notation of {@link Octets}
 * @param outcomes outcomes by server: {@code kitbridge}, and {@code node} and {@code nginx} where theirs is different
 */
public record AbuseCase(String section, String name, String request, Map<String, String> outcomes) {

    /** The product. */
    public static final String KITBRIDGE = "kitbridge";

    private static final Set<String> PEERS = Set.of("node", "nginx");

    /** Returns the accepted outcomes of a server: more than one if two responses race. */
    public List<String> outcomes(String server) {
        String own = outcomes.getOrDefault(server, outcomes.getOrDefault(KITBRIDGE, ""));
        return List.of(own.split(" or "));
    }

    /**
     * Reads a table of cases.
     *
     * @param resource name of a file beside this class: headings begin with {@code ==}, comments with {@code #}; any
     *     other line is a case, whose parts are separated by {@code |}
     */
    public static List<AbuseCase> read(String resource) throws IOException {
        List<AbuseCase> cases = new ArrayList<>();
        try (InputStream in = AbuseCase.class.getResourceAsStream(resource)) {
            if (in == null) throw new IOException("no resource " + resource);
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            String section = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("== ")) section = line.substring(3);
                else if (!line.isBlank() && !line.startsWith("#")) cases.add(parse(section, line));
            }
        }
        return cases;
    }

    private static AbuseCase parse(String section, String line) throws IOException {
        String[] parts = line.split(" \\| ", -1);
        Map<String, String> outcomes = new LinkedHashMap<>();
        if (parts.length < 3) throw new IOException("no outcome: " + line);
        outcomes.put(KITBRIDGE, parts[2].strip());
        for (int i = 3; i < parts.length; i++) {
            String[] peer = parts[i].split(": ", 2);
            if (!PEERS.contains(peer[0])) throw new IOException("no server '" + peer[0] + "': " + line);
            outcomes.put(peer[0], peer[1].strip());
        }
        return new AbuseCase(section, parts[0].strip(), parts[1], outcomes);
    }

    @Override
    public String toString() {
        return section + ": " + name;
    }
}
