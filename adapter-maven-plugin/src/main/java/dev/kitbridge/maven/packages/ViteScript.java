package dev.kitbridge.maven.packages;

import dev.kitbridge.maven.app.App;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The entry of {@code scripts} in {@code package.json} that starts Vite, with the commands around it.
 *
 * @param event its key: {@code build}, {@code dev} or {@code preview}
 * @param text its command line
 * @param before commands that run before Vite
 * @param vite the command that starts Vite
 * @param after commands that run after Vite
 * @param skipped commands after Vite in the script that do not run, because they may need the app's own adapter
 * @param isPlain whether the commands before Vite are known for certain
 */
public record ViteScript(
        String event,
        String text,
        List<Command> before,
        ViteCommand vite,
        List<Command> after,
        List<Command> skipped,
        boolean isPlain) {

    private static final Pattern RUN = Pattern.compile("(?:npm|pnpm|yarn|bun) (?:run |run-script )?([\\w:.-]+)");

    /** Commands that change the state of the shell for the next command. */
    private static final Pattern CHANGES_SHELL =
            Pattern.compile("(cd|export|source|\\.|set|unset|eval|alias|exit)\\b.*");

    /** Limit for scripts that call each other in a cycle. */
    private static final int DEEPEST = 8;

    /**
     * A command line and its script.
     *
     * @param event the script's name
     * @param line the command line
     */
    public record Command(String event, String line) {}

    /**
     * Returns this script with the commands that a POM names.
     *
     * @param first {@code <beforeBuild>}, or null for the script's own commands
     * @param last {@code <afterBuild>}, or null for none
     */
    public ViteScript with(@Nullable List<String> first, @Nullable List<String> last) {
        return new ViteScript(
                event,
                text,
                first == null ? before : commands(first),
                vite,
                last == null ? after : commands(last),
                last == null ? skipped : List.of(),
                isPlain || first != null);
    }

    private List<Command> commands(List<String> lines) {
        return lines.stream().map(line -> new Command(event, line)).toList();
    }

    /** Returns Vite's mode. */
    public String mode(@Nullable String given, String otherwise) {
        if (given != null && !given.isBlank()) return given;
        return vite.mode() == null ? otherwise : vite.mode();
    }

    /** Returns the arguments that Vite gets in {@code process.argv}, after its own path. */
    public List<String> words(String mode, String usual) {
        if (mode.equals(vite.mode() == null ? usual : vite.mode())) return vite.words();
        return mode.equals(usual) ? List.of(event) : List.of(event, "--mode", mode);
    }

    /** Reads the app's script. If it is missing, only Vite runs. */
    public static ViteScript of(App app, String event) throws IOException {
        JsonNode scripts = app.packageJson().path("scripts");
        String text = scripts.path(event).asString("");
        String command = event.equals("dev") ? "vite dev" : "vite " + event;
        ViteScript only = new ViteScript(
                event,
                text.isBlank() ? command : text,
                List.of(),
                ViteCommand.plain(event),
                List.of(),
                List.of(),
                text.isBlank());
        if (text.isBlank()) return only;
        List<Command> commands =
                commands(scripts, event, PackageManager.of(app.directory()).runsPrePost(), 0);
        for (int i = 0; i < commands.size(); i++) {
            Optional<ViteCommand> vite =
                    ViteCommand.parse(event, commands.get(i).line());
            if (vite.isEmpty()) continue;
            List<Command> before = commands.subList(0, i);
            if (before.stream()
                    .anyMatch(one -> CHANGES_SHELL.matcher(one.line()).matches())) return only;
            List<Command> skipped = commands.subList(i + 1, commands.size());
            return new ViteScript(event, text, before, vite.get(), List.of(), skipped, true);
        }
        return only;
    }

    /**
     * Returns the commands of a script in order. A call of another script that runs Vite is replaced by the commands of
     * that script.
     */
    private static List<Command> commands(JsonNode scripts, String event, boolean prePost, int depth) {
        List<Command> all = new ArrayList<>();
        if (prePost) addHook(scripts, "pre" + event, all);
        String text = scripts.path(event).asString("");
        for (String line : CommandLine.commands(text).orElse(List.of(text))) {
            Matcher run = RUN.matcher(line);
            String called = run.matches() ? run.group(1) : "";
            boolean leads = depth < DEEPEST && mentionsVite(scripts, called, depth);
            if (leads) all.addAll(commands(scripts, called, prePost, depth + 1));
            else all.add(new Command(event, line));
        }
        if (prePost) addHook(scripts, "post" + event, all);
        return all;
    }

    private static void addHook(JsonNode scripts, String hook, List<Command> all) {
        String text = scripts.path(hook).asString("");
        if (!text.isBlank()) all.add(new Command(hook, text));
    }

    private static boolean mentionsVite(JsonNode scripts, String name, int depth) {
        String text = scripts.path(name).asString("");
        if (depth > DEEPEST) return false;
        for (String line : CommandLine.commands(text).orElse(List.of())) {
            Matcher run = RUN.matcher(line);
            if (line.matches("(.*\\s)?vite(\\s.*)?")) return true;
            if (run.matches() && mentionsVite(scripts, run.group(1), depth + 1)) return true;
        }
        return false;
    }
}
