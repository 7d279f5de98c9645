package dev.kitbridge.adapter.test.tck;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The command line of the suite, for authors in all languages. */
public final class Main {

    private static final String USAGE =
            """
            java -jar kitbridge-adapter-test.jar app kit3|kit2 <folder>
                writes the suite's app, configured for adapter-node, into a folder

            java -jar kitbridge-adapter-test.jar run kit3|kit2 --reference <folder> [options] --url <url>
            java -jar kitbridge-adapter-test.jar run kit3|kit2 --reference <folder> [options] -- <command>
                compares a server with the one that adapter-node wrote into the folder

              --url <url>             a server that runs: http://127.0.0.1:3000
              -- <command>            starts a server that prints its URL; {port} stands for a free port
              --suite <name>          server (the default), files, proxy or origin
              --only <expression>     demands to test: 'files/.*'
              --tolerances <file>     lines with a demand, a request and a reason: differences of the server
              --report <file>         where the report in Markdown is written; tck.md by default
              --node <program>        the Node for the reference; node by default
            """;

    private Main() {}

    /**
     * Runs a command, and exits with 0 if the server has passed, 1 if it has failed, 2 if the command is wrong.
     *
     * @param words the command
     * @throws IOException if a file cannot be read or written, or a server does not start
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String... words) throws IOException, InterruptedException {
        System.exit(run(List.of(words), System.out));
    }

    static int run(List<String> words, PrintStream out) throws IOException, InterruptedException {
        try {
            if (words.size() == 3 && words.get(0).equals("app")) {
                app(words.get(1)).writeTo(Path.of(words.get(2)));
                out.println("Wrote the app to " + words.get(2) + ". Build it: npm ci && npx vite build");
                return 0;
            }
            if (words.size() > 2 && words.get(0).equals("run")) return run(new Options(words), out);
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage() + "\n");
        }
        out.print(USAGE);
        return 2;
    }

    private static int run(Options options, PrintStream out) throws IOException, InterruptedException {
        Path folder = Path.of(options.need("--reference"));
        if (!Files.isRegularFile(folder.resolve("index.js"))) {
            throw new IllegalArgumentException(
                    folder + " has no index.js; expected the folder that adapter-node wrote, such as app/build");
        }
        Tck tck = new Tck(app(options.words().get(1)), folder).server("server", options.server());
        String node = options.get("--node", "node");
        tck.reference(TckServer.command(List.of(node, folder.resolve("index.js").toString())));
        tck.suite(suite(options.get("--suite", "server")));
        Pattern only = Pattern.compile(options.get("--only", ".*"));
        tck.only(one -> only.matcher(one.demand().id()).matches());
        String tolerances = options.get("--tolerances", "");
        if (!tolerances.isEmpty()) tck.tolerances(Tolerance.read(Path.of(tolerances)));
        Path file = Path.of(options.get("--report", "tck.md"));
        TckReport report = tck.run();
        Files.writeString(file, report.toMarkdown());
        out.print(report.toTable());
        out.println(report.sentence() + "; see " + file);
        for (Tolerance one : report.unused()) out.println("No difference needs the tolerance: " + one.reason());
        return report.passed() ? 0 : 1;
    }

    private static TckApp app(String name) {
        return switch (name) {
            case "kit3" -> TckApp.KIT_3;
            case "kit2" -> TckApp.KIT_2;
            default -> throw new IllegalArgumentException("The app is '" + name + "'; expected kit3 or kit2");
        };
    }

    private static TckSuite suite(String name) {
        for (TckSuite suite : TckSuite.values()) {
            if (suite.name().toLowerCase(Locale.ROOT).equals(name)) return suite;
        }
        throw new IllegalArgumentException("The suite is '" + name + "'; expected server, files, proxy or origin");
    }

    /**
     * The words of a command.
     *
     * @param words options with their values, and the command behind {@code --}
     */
    private record Options(List<String> words) {

        private static final Set<String> NAMES =
                Set.of("--reference", "--url", "--suite", "--only", "--tolerances", "--report", "--node");

        Options {
            for (String word : words) {
                if (word.equals("--")) break;
                if (word.startsWith("--") && !NAMES.contains(word)) {
                    throw new IllegalArgumentException("The option '" + word + "' is unknown");
                }
            }
        }

        String need(String name) {
            String value = find(name);
            if (value == null) throw new IllegalArgumentException(name + " is missing");
            return value;
        }

        String get(String name, String otherwise) {
            String value = find(name);
            return value == null ? otherwise : value;
        }

        private @Nullable String find(String name) {
            int end = words.contains("--") ? words.indexOf("--") : words.size();
            int at = words.subList(0, end).indexOf(name);
            if (at >= 0 && at + 1 == end) throw new IllegalArgumentException(name + " has no value");
            return at < 0 ? null : words.get(at + 1);
        }

        TckServer server() {
            int at = words.indexOf("--");
            if (at >= 0 && at + 1 < words.size()) return TckServer.command(words.subList(at + 1, words.size()));
            return TckServer.at(URI.create(need("--url")));
        }
    }
}
