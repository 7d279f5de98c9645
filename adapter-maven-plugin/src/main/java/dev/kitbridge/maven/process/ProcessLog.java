package dev.kitbridge.maven.process;

import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Logs the output of child processes, each line at its own level.
 *
 * @param colours whether the log goes to a terminal
 * @param mark begins each line of a child process: {@code [vite] }, or empty
 */
public record ProcessLog(
        Consumer<String> info, Consumer<String> warning, Consumer<String> error, boolean colours, String mark) {

    private static final Pattern ESCAPES = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");

    /** Creates a log without a mark. */
    public ProcessLog(Consumer<String> info, Consumer<String> warning, Consumer<String> error, boolean colours) {
        this(info, warning, error, colours, "");
    }

    /** Returns a copy that marks the lines of child processes. */
    public ProcessLog marked(String begin) {
        return new ProcessLog(info, warning, error, colours, begin);
    }

    /** Logs what the build does. */
    public void say(String message) {
        info.accept(message);
    }

    /** Logs something that the user should look at. */
    public void warn(String message) {
        warning.accept(message);
    }

    /** Logs a line of a child process. */
    public void line(String text, boolean standardError) {
        char level = level(text, standardError);
        String line = isMarked(text) ? text.substring(2) : text;
        String shown = (colours ? line : plain(line)).stripTrailing();
        (switch (level) {
                    case 'E' -> error;
                    case 'W' -> warning;
                    default -> info;
                })
                .accept(mark + shown);
    }

    /** Removes the escape sequences of a terminal. */
    public static String plain(String text) {
        return ESCAPES.matcher(text).replaceAll("");
    }

    private static char level(String text, boolean standardError) {
        return isMarked(text) ? text.charAt(1) : standardError ? 'W' : 'I';
    }

    /** Returns whether the line starts with its level, as lines of the bridge do. */
    private static boolean isMarked(String text) {
        return text.length() > 1 && text.charAt(0) == ChildProcess.MARK;
    }

    /** Returns whether a line is a warning or an error. */
    public static boolean isTrouble(String text, boolean standardError) {
        return level(text, standardError) != 'I';
    }

    /** Removes levels and escape sequences. */
    public static List<String> plain(List<String> lines) {
        return lines.stream()
                .map(line -> plain(!line.isEmpty() && line.charAt(0) == ChildProcess.MARK ? line.substring(2) : line))
                .toList();
    }
}
