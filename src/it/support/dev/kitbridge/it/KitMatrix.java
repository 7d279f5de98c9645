package dev.kitbridge.it;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.semver4j.Semver;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Versions of SvelteKit and Vite from the registry, a module for each combination, and the table of the results. */
public final class KitMatrix {

    private static final JsonMapper JSON = new JsonMapper();

    /** The first supported version of each major, and the majors. */
    private static final Map<String, String> KITS = Map.of("2", "2.62.0", "3", "3.0.0");

    private static final List<String> VITES = List.of("6", "7", "8");

    /** The major of {@code @sveltejs/vite-plugin-svelte} by that of Vite. */
    private static final Map<String, String> PLUGINS = Map.of("6", "5", "7", "6", "8", "7");

    private static final Pattern MODULE = Pattern.compile("\\b([a-z]+\\.mjs)\\b");
    private static final Pattern FRAME = Pattern.compile("kitbridge[/\\\\](?:\\w+[/\\\\])*([a-z]+\\.mjs)");

    private final Path root;
    private final List<Combination> combinations = new ArrayList<>();
    private final Map<String, String> newest = new HashMap<>();

    /**
     * A version of SvelteKit with a version of Vite.
     *
     * @param svelte version of Svelte
     * @param plugin version of {@code @sveltejs/vite-plugin-svelte}
     */
    public record Combination(String kit, String vite, String svelte, String plugin) {

        /** Returns the name of the module; it begins with {@code kit2} or {@code kit3}. */
        public String name() {
            return "kit" + kit + "-vite" + vite;
        }

        private boolean isKit2() {
            return kit.startsWith("2.");
        }
    }

    /**
     * Asks the registry.
     *
     * @param wanted a version of SvelteKit; or 1 for the first and the newest of each major, and a newer prerelease
     */
    public KitMatrix(Object project, String wanted) throws IOException {
        this.root = App.path(project);
        String svelte = newest("svelte@5");
        for (String kit : kits(wanted)) {
            JsonNode peers = view("@sveltejs/kit@" + kit, "peerDependencies");
            for (String major : VITES) {
                String vite = newest("vite@" + major);
                if (!new Semver(vite).satisfies(peers.get("vite").asString())) continue;
                String plugin = newest("@sveltejs/vite-plugin-svelte@" + PLUGINS.get(major));
                combinations.add(new Combination(kit, vite, svelte, plugin));
            }
        }
    }

    /** Returns the combinations that SvelteKit accepts by its peer dependencies. */
    public List<Combination> combinations() {
        return List.copyOf(combinations);
    }

    private Set<String> kits(String wanted) throws IOException {
        if (wanted.contains(".")) return Set.of(wanted);
        Set<String> kits = new LinkedHashSet<>();
        for (String major : new TreeSet<>(KITS.keySet())) {
            kits.add(KITS.get(major));
            kits.add(newest("@sveltejs/kit@" + major));
        }
        String latest = new ArrayList<>(kits).get(kits.size() - 1);
        List<Semver> later = new ArrayList<>();
        for (JsonNode version : view("@sveltejs/kit", "versions")) {
            Semver semver = new Semver(version.asString());
            if (semver.isGreaterThan(latest)) later.add(semver);
        }
        later.stream().max(Comparator.naturalOrder()).ifPresent(prerelease -> kits.add(prerelease.getVersion()));
        return kits;
    }

    private String newest(String spec) throws IOException {
        String known = newest.get(spec);
        if (known != null) return known;
        String found = newest(view(spec, "version"));
        newest.put(spec, found);
        return found;
    }

    private static String newest(JsonNode versions) {
        if (!versions.isArray()) return versions.asString();
        List<Semver> all = new ArrayList<>();
        for (JsonNode version : versions) all.add(new Semver(version.asString()));
        return all.stream()
                .filter(Semver::isStable)
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .getVersion();
    }

    private JsonNode view(String spec, String field) throws IOException {
        JsonNode answer = JSON.readTree(Node.npm(root, "view", spec, field, "--json"));
        // a tag or range of several versions is a list
        return answer.isArray() && field.equals("peerDependencies") ? answer.get(answer.size() - 1) : answer;
    }

    /** Writes a module for each combination, and the list of modules into the POM. */
    public void create(Object apps) throws IOException {
        StringBuilder modules = new StringBuilder();
        for (Combination one : combinations) {
            Path app = Files.createDirectories(root.resolve(one.name()));
            App.copy(apps, one.isKit2() ? "kit2" : "kit3", app, "");
            Files.delete(app.resolve("package-lock.json"));
            Folder.copy(root.resolve("src"), app.resolve("src"));
            ObjectNode packages = JSON.createObjectNode();
            packages.put("@sveltejs/kit", one.kit());
            packages.put("vite", one.vite());
            packages.put("svelte", one.svelte());
            packages.put("@sveltejs/vite-plugin-svelte", one.plugin());
            packages.put("@sveltejs/adapter-static", one.isKit2() ? "3" : "4");
            packages.put("typescript", "6");
            packages.put("@types/node", "24");
            if (!one.isKit2()) packages.put("@sveltejs/adapter-node", "6");
            ObjectNode json = JSON.createObjectNode();
            json.put("name", one.name());
            json.put("private", true);
            json.put("type", "module");
            json.set("devDependencies", packages);
            Files.writeString(app.resolve("package.json"), JSON.writeValueAsString(json));
            String pom = Files.readString(root.resolve("module.xml"));
            Files.writeString(app.resolve("pom.xml"), pom.replace("@name@", one.name()));
            modules.append("    <module>").append(one.name()).append("</module>\n");
        }
        Path pom = root.resolve("pom.xml");
        Files.writeString(pom, Files.readString(pom).replace("    <!-- modules -->\n", modules));
    }

    /**
     * Runs the bridge's own tests on the packages of a module.
     *
     * @return the failures by the module of the bridge that knows the structure; empty if all passed
     */
    public Map<String, String> bridge(Object apps, Combination one) throws IOException, InterruptedException {
        Path tests = App.path(apps)
                .resolve("../../../adapter-maven-plugin/src/test/js")
                .normalize();
        Path report = root.resolve(one.name() + ".xml");
        Path log = root.resolve(one.name() + ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        Node.program().toString(),
                        "--test",
                        "--test-reporter=junit",
                        "--test-reporter-destination=" + report,
                        tests.resolve("matrix.mjs").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("KITBRIDGE_PACKAGES", root.toString());
        builder.environment().put("KITBRIDGE_MATRIX", one.name());
        builder.environment().put("KITBRIDGE_MATRIX_KIT", one.kit());
        builder.environment()
                .merge("PATH", Node.program().getParent().toString(), (path, own) -> own + File.pathSeparator + path);
        int code = builder.start().waitFor();
        Map<String, String> failures = failures(Files.readString(report));
        if (code != 0 && failures.isEmpty()) failures.put("bridge.mjs", Files.readString(log));
        return failures;
    }

    /** Reads a report in JUnit's format. */
    static Map<String, String> failures(String report) throws IOException {
        try {
            NodeList cases = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(report)))
                    .getElementsByTagName("testcase");
            Map<String, String> failures = new LinkedHashMap<>();
            for (int i = 0; i < cases.getLength(); i++) {
                Element test = (Element) cases.item(i);
                if (test.getElementsByTagName("failure").getLength() == 0) continue;
                String name = test.getAttribute("name");
                String text = test.getTextContent();
                failures.merge(culprit(text, name), name + "\n" + text, (first, next) -> first + "\n" + next);
            }
            return failures;
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(e);
        }
    }

    /** Returns the bridge's module in the stack of an error, else the one that the name of the test begins with. */
    static String culprit(String text, String name) {
        Matcher frame = FRAME.matcher(text);
        if (frame.find()) return frame.group(1);
        Matcher module = MODULE.matcher(name);
        return module.find() ? module.group(1) : "bridge.mjs";
    }

    /**
     * Writes the table.
     *
     * @param results by combination, what each check found: an empty text if it passed, else the bridge's module
     */
    public String table(Map<Combination, Map<String, String>> results) throws IOException {
        Set<String> checks = new LinkedHashSet<>();
        results.values().forEach(result -> checks.addAll(result.keySet()));
        StringBuilder table = new StringBuilder("| SvelteKit | Vite | Svelte | " + String.join(" | ", checks) + " |\n");
        table.append("|---".repeat(3 + checks.size())).append("|\n");
        results.forEach((one, result) -> {
            table.append("| ").append(one.kit()).append(" | ").append(one.vite());
            table.append(" | ").append(one.svelte());
            for (String check : checks) {
                String failure = result.getOrDefault(check, "-");
                table.append(" | ").append(failure.isEmpty() ? "passed" : failure);
            }
            table.append(" |\n");
        });
        Files.writeString(root.resolve("table.md"), table);
        return table.toString();
    }
}
