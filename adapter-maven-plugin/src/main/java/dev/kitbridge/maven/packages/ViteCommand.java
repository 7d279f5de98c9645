package dev.kitbridge.maven.packages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A parsed command that starts Vite: {@code cross-env BASE=/shop vite build --mode staging}.
 *
 * @param words the arguments after the path of Vite: {@code build --mode staging}
 * @param variables the environment variables that the command sets
 * @param mode the value of {@code --mode}, or null
 * @param others options that only Vite's command line supports
 */
record ViteCommand(List<String> words, Map<String, String> variables, @Nullable String mode, List<String> others) {

    private static final Pattern LAUNCHER =
            Pattern.compile("cross-env(-shell)?|env|npx|bunx|pnpm|pnpx|yarn|exec|--bun|--");
    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);
    private static final Pattern MODE = Pattern.compile("(?:--mode|-m)(?:=(.*))?");

    /** Returns a command without options, {@code vite build} for example. */
    static ViteCommand plain(String event) {
        return new ViteCommand(List.of(event), Map.of(), null, List.of());
    }

    /**
     * Parses a command.
     *
     * @param event {@code build}, {@code dev} or {@code preview}
     * @return empty if it does not certainly start that command of Vite
     */
    static Optional<ViteCommand> parse(String event, String command) {
        List<String> words = CommandLine.words(command).orElse(List.of());
        Map<String, String> variables = new TreeMap<>();
        int i = 0;
        for (; i < words.size(); i++) {
            Matcher assignment = ASSIGNMENT.matcher(words.get(i));
            if (assignment.matches()) variables.put(assignment.group(1), assignment.group(2));
            else if (!LAUNCHER.matcher(words.get(i)).matches()) break;
        }
        if (i == words.size() || !words.get(i).equals("vite")) return Optional.empty();
        List<String> own = words.subList(i + 1, words.size());
        boolean named = !own.isEmpty() && !own.get(0).startsWith("-");
        String subcommand = named ? own.get(0) : "dev";
        if (!subcommand.equals(event) && !(subcommand.equals("serve") && event.equals("dev"))) return Optional.empty();
        List<String> said = new ArrayList<>(List.of(event));
        said.addAll(named ? own.subList(1, own.size()) : own);
        return Optional.of(of(said, variables));
    }

    private static ViteCommand of(List<String> words, Map<String, String> variables) {
        String mode = null;
        List<String> others = new ArrayList<>();
        for (int i = 1; i < words.size(); i++) {
            Matcher matcher = MODE.matcher(words.get(i));
            if (!matcher.matches()) others.add(words.get(i));
            else if (matcher.group(1) != null) mode = matcher.group(1);
            else if (i + 1 < words.size()) mode = words.get(++i);
        }
        return new ViteCommand(words, variables, mode, others);
    }
}
