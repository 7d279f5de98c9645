package dev.kitbridge.maven.packages;

import dev.kitbridge.adapter.TargetPlatform;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.Programs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The environment in which the app's package manager runs a script of {@code package.json}. It reproduces
 * {@code @npmcli/run-script} and npm's {@code set-envs.js}, because asking the package manager takes half a second in
 * each build. Of npm's configuration, it includes the {@code .npmrc} beside the lock file.
 *
 * @param app the app
 * @param manager its package manager
 * @param programs finds programs on a search path
 * @param node the Node to build with
 */
record ScriptEnvironment(App app, PackageManager manager, Programs programs, NodeRuntime node) {

    private static final List<String> FIELDS = List.of("name", "version", "config", "engines", "bin");
    private static final Pattern NPMRC = Pattern.compile("([A-Za-z][\\w-]*)\\s*=\\s*(.*)");

    /**
     * Returns the variables.
     *
     * @param event the script's name
     * @param text the script's command line
     */
    Map<String, String> of(String event, String text) throws IOException {
        Map<String, String> variables = withoutUserAgent(event, text);
        variables.put("npm_config_user_agent", userAgent(variables.getOrDefault("npm_config_npm_version", "?")));
        return variables;
    }

    /** Returns the variables without the user agent, for which Node must be started to get its version. */
    Map<String, String> withoutUserAgent(String event, String text) throws IOException {
        Map<String, String> variables = new TreeMap<>();
        addPackage(variables);
        addConfiguration(variables);
        String executable = node.executable().toString();
        variables.put("NODE", executable);
        variables.put("npm_node_execpath", executable);
        variables.put("npm_lifecycle_event", event);
        variables.put("npm_lifecycle_script", text);
        variables.put("npm_command", "run-script");
        variables.put(
                "npm_package_json", app.directory().resolve("package.json").toString());
        variables.put("INIT_CWD", app.directory().toString());
        switch (manager.kind()) {
            case NPM -> addNpm(variables);
            case PNPM -> variables.put("PNPM_SCRIPT_SRC_DIR", app.directory().toString());
            case YARN -> {
                if (manager.isModernYarn())
                    variables.put("PROJECT_CWD", manager.root().toString());
            }
            case BUN -> {}
        }
        if (manager.kind() != PackageManager.Kind.NPM) {
            programs.find(manager.kind().program()).ifPresent(found -> variables.put("npm_execpath", found.toString()));
        }
        variables.put("PATH", path());
        return variables;
    }

    private void addPackage(Map<String, String> variables) throws IOException {
        JsonNode json = app.packageJson();
        boolean whole = manager.exportsWholePackage();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (!whole && !FIELDS.contains(field.getKey())) continue;
            String name = "npm_package_" + field.getKey();
            if (field.getKey().equals("bin") && field.getValue().isString()) {
                String unscoped = json.path("name").asString("").replaceFirst("^@[^/]*/", "");
                variables.put(name + "_" + unscoped, field.getValue().asString());
            } else {
                add(variables, name, field.getValue());
            }
        }
    }

    /** Adds a value as npm's {@code package-envs.js} does. */
    private static void add(Map<String, String> variables, String name, JsonNode value) {
        if (value instanceof ObjectNode object) {
            object.properties().forEach(entry -> add(variables, name + "_" + entry.getKey(), entry.getValue()));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) add(variables, name + "_" + i, value.get(i));
        } else {
            variables.put(name, value.isNull() || (value.isBoolean() && !value.booleanValue()) ? "" : value.asString());
        }
    }

    /** Adds the configuration without keys of credentials or of one registry, as npm does. */
    private void addConfiguration(Map<String, String> variables) throws IOException {
        Path file = manager.root().resolve(".npmrc");
        if (!Files.isRegularFile(file)) return;
        for (String line : Files.readAllLines(file)) {
            Matcher matcher = NPMRC.matcher(line.strip());
            if (!matcher.matches() || matcher.group(2).contains("${")) continue;
            String value = matcher.group(2).replaceFirst("^(['\"])(.*)\\1$", "$2");
            String name = "npm_config_" + matcher.group(1).replace('-', '_').toLowerCase(Locale.ROOT);
            variables.put(name, value.equals("false") || value.equals("null") ? "" : value);
        }
    }

    private void addNpm(Map<String, String> variables) throws IOException {
        variables.put("npm_config_local_prefix", manager.root().toString());
        Path script = programs.npmScript().orElse(null);
        if (script == null) return;
        variables.put("npm_execpath", script.toString());
        Path home = script.resolve("../..").normalize();
        Path gyp = home.resolve("node_modules/node-gyp/bin/node-gyp.js");
        if (Files.isRegularFile(gyp)) variables.put("npm_config_node_gyp", gyp.toString());
        String version = App.read(home.resolve("package.json")).path("version").asString("");
        variables.put("npm_config_npm_version", version);
        // npm 11 uses the short name of the command
        if (!version.matches("\\d\\..*|10\\..*")) variables.put("npm_command", "run");
    }

    private String userAgent(String npmVersion) {
        boolean npm = manager.kind() == PackageManager.Kind.NPM;
        String version = manager.version().matches("\\d+\\.\\d+\\.\\d+.*") ? manager.version() : "?";
        String agent = npm ? "npm/" + npmVersion : manager.kind().program() + "/" + version + " npm/?";
        agent += " node/v" + node.version() + " "
                + TargetPlatform.current().toString().replace('-', ' ');
        return npm ? agent + " workspaces/false" : agent;
    }

    /**
     * Returns the search path. As with npm, the programs of the app's packages come first; a Node that is not on the
     * search path comes before them.
     */
    private String path() {
        List<String> folders = new ArrayList<>();
        String own = node.folder().toString();
        boolean isOnPath =
                List.of(programs.path().split(File.pathSeparator, -1)).contains(own);
        if (!isOnPath) folders.add(own);
        for (Path folder = app.directory(); folder != null; folder = folder.getParent()) {
            folders.add(folder.resolve("node_modules/.bin").toString());
        }
        folders.add(isOnPath ? programs.withFirst(node).getOrDefault("PATH", "") : programs.path());
        return String.join(File.pathSeparator, folders);
    }
}
