package dev.kitbridge.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A module for each adapter from npm, and the same app built by its own Vite with that adapter in its configuration.
 *
 * @param project the folder of the project
 * @param cases the adapters
 */
public record NpmAdapters(Object project, List<Case> cases) {

    /**
     * An adapter.
     *
     * @param name of the module's folder, and the adapter's id
     * @param workspace folder of the workspace; its name begins with {@code kit2} or {@code kit3}
     * @param npmPackage the adapter's package
     * @param version null: the app has the package itself
     * @param xml the content of {@code <options>}
     * @param script the same options in JavaScript
     * @param variable an environment variable of the build and its value, {@code NAME=value}, or empty
     * @param dependency a package that the app has in addition, or empty
     */
    public record Case(
            String name,
            String workspace,
            String npmPackage,
            String version,
            String xml,
            String script,
            String variable,
            String dependency) {

        private Case(String name, String workspace, String npmPackage, String version, String xml, String script) {
            this(name, workspace, npmPackage, version, xml, script, "", "");
        }

        private boolean isKit3() {
            return workspace.startsWith("kit3");
        }

        /** Returns the name of the module. */
        public String module() {
            return workspace + "-" + name;
        }
    }

    private static final Case NODE = new Case(
            "node",
            "kit3",
            "@sveltejs/adapter-node",
            "6.0.1",
            "<precompress>false</precompress><envPrefix>BOAT_</envPrefix>",
            "{ precompress: false, envPrefix: 'BOAT_' }");
    private static final Case STATIC = new Case(
            "static",
            "kit3",
            "@sveltejs/adapter-static",
            null,
            "{\"fallback\": \"200.html\"}",
            "{ fallback: '200.html' }");
    private static final Case NETLIFY = new Case("netlify", "kit2", "@sveltejs/adapter-netlify", "6.0.4", "", "");
    private static final Case BUN =
            new Case("bun", "kit2", "svelte-adapter-bun", "1.0.1", "<out>dist</out>", "{ out: 'dist' }");

    /** Those that every build tests. */
    public static final List<Case> FEW = List.of(NODE, STATIC, NETLIFY);

    /** All of them. */
    public static final List<Case> ALL = List.of(
            NODE,
            STATIC,
            new Case("node", "kit2", "@sveltejs/adapter-node", "5.5.7", "", ""),
            new Case(
                    "static",
                    "kit2",
                    "@sveltejs/adapter-static",
                    null,
                    "<fallback>app.html</fallback>",
                    "{ fallback: 'app.html' }"),
            new Case(
                    "cloudflare",
                    "kit2",
                    "@sveltejs/adapter-cloudflare",
                    "7.2.9",
                    "<routes><include><item>/*</item></include></routes>",
                    "{ routes: { include: ['/*'] } }",
                    // its emulator would ask the network for the visitor's place, and the answer may change
                    "CLOUDFLARE_CF_FETCH_ENABLED=false",
                    ""),
            NETLIFY,
            new Case(
                    "vercel",
                    "kit2",
                    "@sveltejs/adapter-vercel",
                    "6.3.4",
                    "<runtime>nodejs22.x</runtime>",
                    "{ runtime: 'nodejs22.x' }"),
            new Case(
                    "auto",
                    "kit2-auto",
                    "@sveltejs/adapter-auto",
                    "7.0.1",
                    "",
                    "",
                    "GCP_BUILDPACKS=1",
                    "@sveltejs/adapter-node@5.5.7"),
            BUN,
            new Case("deno", "kit2", "@deno/svelte-adapter", "0.1.1", "", ""));

    private static final JsonMapper JSON = new JsonMapper();

    /** Writes the modules, and a copy for the app's own builds. */
    public void create(Object apps, Object sources, Object kitVersion) throws IOException {
        for (Map.Entry<String, List<Case>> workspace : workspaces().entrySet()) {
            Path root = root().resolve(workspace.getKey());
            for (Case one : workspace.getValue()) {
                Path app = root.resolve(one.name());
                Folder.copy(sources, app);
                App.copyPackages(apps, one.isKit3() ? "kit3" : "kit2", app, kitVersion);
                if (!one.dependency().isEmpty()) add(app, one.dependency());
                configure(app, one, "", "");
                Files.writeString(app.resolve("pom.xml"), pom(one));
            }
            Workspace.create(root, workspace.getValue().stream().map(Case::name).toArray(String[]::new));
            Folder.copy(root, official(workspace.getKey()));
        }
    }

    /** Builds the apps with their own Vite, and lists all differences to what Maven has built. */
    public List<String> differences() throws IOException, InterruptedException {
        List<String> differences = new ArrayList<>();
        compare().forEach((one, lines) -> {
            for (String line : lines) differences.add(one.workspace() + "/" + one.name() + "/" + line);
        });
        return differences;
    }

    /**
     * Builds the apps with their own Vite.
     *
     * @return the differences to what Maven has built, or one line about a failed build
     */
    Map<Case, List<String>> compare() throws IOException, InterruptedException {
        Map<Case, List<String>> results = new LinkedHashMap<>();
        for (Map.Entry<String, List<Case>> workspace : workspaces().entrySet()) {
            Path official = official(workspace.getKey());
            // the same relative path to the packages, which affects the names and hashes of chunks
            Files.move(root().resolve(workspace.getKey()).resolve("node_modules"), official.resolve("node_modules"));
            Map<String, String> variables = new LinkedHashMap<>();
            List<Case> built = new ArrayList<>();
            for (Case one : workspace.getValue()) {
                Path app = official.resolve(one.name());
                // and to the adapter's package, if it is beside the app
                String scratch = ".svelte-kit/kitbridge/npm/" + one.name();
                Path installed = ours(one).resolve(scratch);
                if (!Files.exists(installed.resolve("adapter.mjs"))) {
                    results.put(one, List.of("the build with Maven failed"));
                    continue;
                }
                Folder.copy(installed, app.resolve(scratch));
                configure(
                        app,
                        one,
                        "import { module } from './" + scratch + "/adapter.mjs';\n",
                        "adapter: module.default(" + one.script() + "), ");
                if (!one.variable().isEmpty()) variables.put(name(one.variable()), value(one.variable()));
                built.add(one);
            }
            Map<String, String> failures = OfficialBuild.failures(
                    official, built.stream().map(Case::name).toList(), variables);
            for (Case one : built) {
                String failure = failures.get(one.name());
                results.put(
                        one, failure == null ? differences(one) : List.of("the app's own build failed: " + failure));
            }
        }
        return results;
    }

    /** Lists the differences of one adapter's app, after {@link #differences()}. */
    public List<String> differencesOf(String name) throws IOException {
        return differences(cases.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow());
    }

    /**
     * Compares all files, SvelteKit's own output too; {@code ambient.d.ts} declares the environment of the build, and
     * {@code .wrangler} has the databases of Cloudflare's emulator.
     */
    private List<String> differences(Case one) throws IOException {
        Path official = official(one.workspace()).resolve(one.name());
        return Trees.differences(
                official,
                ours(one),
                "node_modules|kitbridge|target|(vite|svelte)\\.config\\.js|main|ambient\\.d\\.ts|\\.wrangler");
    }

    private Map<String, List<Case>> workspaces() {
        return cases.stream().collect(Collectors.groupingBy(Case::workspace, LinkedHashMap::new, Collectors.toList()));
    }

    private Path root() {
        return App.path(project);
    }

    private Path ours(Case one) {
        return root().resolve(one.workspace()).resolve(one.name());
    }

    private Path official(String workspace) {
        return root().resolve("official").resolve(workspace);
    }

    private static void configure(Path app, Case one, String imported, String option) throws IOException {
        String kit = "{ " + option + "version: { name: 'harbour' } }";
        String vite = "import { sveltekit } from '@sveltejs/kit/vite';\nimport { defineConfig } from 'vite';\n";
        if (one.isKit3()) {
            vite = imported + vite + "\nexport default defineConfig({ plugins: [sveltekit(" + kit + ")] });\n";
        } else {
            vite += "\nexport default defineConfig({ plugins: [sveltekit()] });\n";
            Files.writeString(app.resolve("svelte.config.js"), imported + "\nexport default { kit: " + kit + " };\n");
        }
        Files.writeString(app.resolve("vite.config.js"), vite);
    }

    /** Returns the version of the adapter, also if the app has its package. */
    String version(Case one) throws IOException {
        if (one.version() != null) return one.version();
        return devDependencies(ours(one)).get(one.npmPackage()).asString();
    }

    /** Returns the version of SvelteKit in an adapter's app. */
    String kit(Case one) throws IOException {
        return devDependencies(ours(one)).get("@sveltejs/kit").asString();
    }

    private static JsonNode devDependencies(Path app) throws IOException {
        return JSON.readTree(Files.readString(app.resolve("package.json"))).get("devDependencies");
    }

    private static String name(String variable) {
        return variable.substring(0, variable.indexOf('='));
    }

    private static String value(String variable) {
        return variable.substring(variable.indexOf('=') + 1);
    }

    private static void add(Path app, String dependency) throws IOException {
        int at = dependency.lastIndexOf('@');
        Path file = app.resolve("package.json");
        ObjectNode json = (ObjectNode) JSON.readTree(Files.readString(file));
        ((ObjectNode) json.get("devDependencies")).put(dependency.substring(0, at), dependency.substring(at + 1));
        Files.writeString(file, JSON.writeValueAsString(json));
        Files.deleteIfExists(app.resolve("package-lock.json"));
    }

    private String pom(Case one) {
        String version = one.version() == null ? "" : "<version>" + one.version() + "</version>";
        String variables = one.variable().isEmpty()
                ? ""
                : "<environmentVariables><%1$s>%2$s</%1$s></environmentVariables>"
                        .formatted(name(one.variable()), value(one.variable()));
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <parent>
                    <groupId>dev.kitbridge.it</groupId>
                    <artifactId>%s</artifactId>
                    <version>1.0</version>
                    <relativePath>../../pom.xml</relativePath>
                  </parent>
                  <artifactId>%s</artifactId>
                  <packaging>pom</packaging>
                  <build><plugins><plugin>
                    <groupId>dev.kitbridge</groupId>
                    <artifactId>adapter-maven-plugin</artifactId>
                    <configuration>%s<adapters>
                      <npm id="%s"><package>%s</package>%s<options>%s</options></npm>
                    </adapters></configuration>
                  </plugin></plugins></build>
                </project>
                """
                .formatted(
                        root().getFileName(),
                        one.module(),
                        variables,
                        one.name(),
                        one.npmPackage(),
                        version,
                        one.xml());
    }
}
