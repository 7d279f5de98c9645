package dev.kitbridge.maven.packages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits command lines of {@code package.json} as a POSIX shell does, if the result does not depend on the shell. */
final class CommandLine {

    private CommandLine() {}

    /** Returns the commands joined by {@code &&}; empty if the line has other operators. */
    static Optional<List<String>> commands(String line) {
        List<String> commands = new ArrayList<>();
        char quote = 0;
        int start = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quote != '\'') {
                i++;
            } else if (quote != 0) {
                if (c == quote) quote = 0;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (line.startsWith("&&", i)) {
                commands.add(line.substring(start, i).strip());
                start = i + 2;
                i++;
            } else if (line.startsWith("||", i) || isOperator(line, i)) {
                return Optional.empty();
            }
        }
        commands.add(line.substring(start).strip());
        return quote != 0 || commands.contains("") ? Optional.empty() : Optional.of(commands);
    }

    /** Returns whether an operator starts here. The ampersand in {@code 2>&1} is none. */
    private static boolean isOperator(String line, int i) {
        char c = line.charAt(i);
        boolean redirects = i > 0 && (line.charAt(i - 1) == '>' || line.charAt(i - 1) == '<');
        return (c == '&' && !redirects && !line.startsWith("&>", i)) || ";\n(){}`#".indexOf(c) >= 0;
    }

    /** Returns the words of a command without quotes; empty if a shell would expand one. */
    static Optional<List<String>> words(String command) {
        if (commands(command).filter(all -> all.size() == 1).isEmpty()) return Optional.empty();
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (c == '\\' || (quote != '\'' && (c == '$' || c == '`')) || (quote == 0 && "|<>*?[~".indexOf(c) >= 0)) {
                return Optional.empty();
            }
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
                inWord = true;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (inWord) words.add(word.toString());
                word.setLength(0);
                inWord = false;
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (inWord) words.add(word.toString());
        return Optional.of(words);
    }
}
