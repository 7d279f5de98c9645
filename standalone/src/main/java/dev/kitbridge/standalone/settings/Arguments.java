package dev.kitbridge.standalone.settings;

import dev.kitbridge.server.StartException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command line. */
public sealed interface Arguments {

    /** Serves until a signal arrives. */
    record Serve() implements Arguments {}

    /** Prints the options and variables. */
    record Help() implements Arguments {}

    /** Prints the app's name and version. */
    record Version() implements Arguments {}

    /**
     * Starts, answers one request, exits.
     *
     * @param target path and query of the request
     */
    record Check(String target) implements Arguments {}

    /**
     * Writes a class data archive.
     *
     * @param file the archive; null for a file beside the jar
     */
    record MakeArchive(@Nullable Path file) implements Arguments {}

    /** @throws StartException if an argument is unknown */
    static Arguments of(List<String> arguments) {
        if (arguments.isEmpty()) return new Serve();
        if (arguments.size() > 1) throw unknown(arguments.get(1));
        String argument = arguments.get(0);
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        String value = equals < 0 ? null : argument.substring(equals + 1);
        return switch (name) {
            case "--help", "-h" -> plain(argument, value, new Help());
            case "--version" -> plain(argument, value, new Version());
            case "--check" -> new Check(target(value));
            case "--make-archive" ->
                new MakeArchive(
                        value == null || value.isEmpty() ? null : Path.of(value).toAbsolutePath());
            default -> throw unknown(argument);
        };
    }

    private static Arguments plain(String argument, @Nullable String value, Arguments parsed) {
        if (value != null) throw unknown(argument);
        return parsed;
    }

    private static String target(@Nullable String value) {
        if (value == null) return "/";
        if (value.matches("/[!-~]*")) return value;
        throw new StartException(
                "--check has the path '" + value + "'; it accepts one that begins with a slash: --check=/about");
    }

    private static StartException unknown(String argument) {
        return new StartException(
                "The argument '" + argument
                        + "' is not known; there are --help, --version, --check[=/path] and --make-archive[=file], one at a time");
    }
}
