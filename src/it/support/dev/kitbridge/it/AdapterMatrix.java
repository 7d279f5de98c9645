package dev.kitbridge.it;

import dev.kitbridge.it.NpmAdapters.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.semver4j.Semver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Adapters from npm in the tested or in the newest versions, and the table of the results. */
public final class AdapterMatrix {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String NEWEST = "newest";

    private final Path root;
    private final NpmAdapters adapters;
    private final List<String> failures = new ArrayList<>();
    private final Map<String, JsonNode> versions = new HashMap<>();

    /**
     * Selects the adapters.
     *
     * @param wanted 1 for all; or names as {@code vercel} and {@code kit2/node}, separated by commas; {@code newest}
     *     among them asks the registry for the newest version for each major of SvelteKit
     * @param kitVersion another version of SvelteKit, used for the apps of its major, or an empty text
     */
    public AdapterMatrix(Object project, Object apps, Object kitVersion, String wanted) throws IOException {
        this.root = App.path(project);
        Set<String> words = new LinkedHashSet<>(Arrays.asList(wanted.split(",")));
        List<Case> all = words.remove(NEWEST) ? newest(apps, String.valueOf(kitVersion)) : NpmAdapters.ALL;
        words.remove("1");
        for (String word : words) {
            if (all.stream().anyMatch(one -> isNamed(one, word))) continue;
            throw new IllegalArgumentException("'" + word + "' names no adapter; expected some of "
                    + all.stream()
                            .map(one -> one.workspace() + "/" + one.name())
                            .toList());
        }
        List<Case> cases = all.stream()
                .filter(one -> words.isEmpty() || words.stream().anyMatch(word -> isNamed(one, word)))
                .toList();
        this.adapters = new NpmAdapters(project, cases);
    }

    private static boolean isNamed(Case one, String word) {
        return word.equals(one.name()) || word.equals(one.workspace() + "/" + one.name());
    }

    /** Writes the modules, and the list of modules into the POM. */
    public void create(Object apps, Object sources, Object kitVersion) throws IOException {
        adapters.create(apps, sources, kitVersion);
        StringBuilder modules = new StringBuilder();
        for (Case one : adapters.cases()) {
            modules.append("    <module>").append(one.workspace()).append('/');
            modules.append(one.name()).append("</module>\n");
        }
        Path pom = root.resolve("pom.xml");
        Files.writeString(pom, Files.readString(pom).replace("    <!-- modules -->\n", modules));
    }

    /**
     * Builds the apps with their own Vite, and compares the output with that of Maven's builds.
     *
     * @param second the log of a second run of Maven, which must not build
     * @return the table
     */
    public String table(BuildLog second) throws IOException, InterruptedException {
        StringBuilder table = new StringBuilder("| adapter | version | SvelteKit | output | second run |\n");
        table.append("|---".repeat(5)).append("|\n");
        for (Map.Entry<Case, List<String>> result : adapters.compare().entrySet()) {
            Case one = result.getKey();
            List<String> lines = result.getValue();
            boolean failed = lines.size() == 1 && lines.get(0).startsWith("the ");
            String output = lines.isEmpty() ? "equal" : failed ? lines.get(0).replaceAll("(?s):.*", "") : "differs";
            boolean unchanged = module(second, one).contains("Nothing changed for adapter '" + one.name() + "'");
            for (String line : lines) failures.add(one.module() + ": " + line);
            if (!unchanged) failures.add(one.module() + ": the second run ran the adapter again");
            String[] cells = {
                one.npmPackage(),
                adapters.version(one),
                adapters.kit(one),
                output,
                unchanged ? "nothing ran" : "ran again"
            };
            table.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        Files.writeString(root.resolve("table.md"), table);
        Files.writeString(root.resolve("details.txt"), String.join("\n", failures));
        return table.toString();
    }

    /** Returns the differences and failed builds, after {@link #table}. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    private static String module(BuildLog log, Case one) {
        String[] modules = log.text().split("\\[INFO] Building ", -1);
        return Arrays.stream(modules)
                .filter(text -> text.startsWith(one.module() + " "))
                .findFirst()
                .orElse("");
    }

    /** Returns each adapter for each major of SvelteKit that one of its versions accepts. */
    private List<Case> newest(Object apps, String kitVersion) throws IOException {
        Map<String, Case> cases = new LinkedHashMap<>();
        for (String major : List.of("3", "2")) {
            String kit = kitVersion.startsWith(major + ".") ? kitVersion : kitOf(apps, "kit" + major);
            for (Case one : NpmAdapters.ALL) {
                String workspace = one.workspace().replaceFirst("\\d", major);
                Optional<String> version = newest(one.npmPackage(), kit);
                if (version.isEmpty()) continue;
                String dependency = "";
                if (!one.dependency().isEmpty()) {
                    String name = one.dependency().substring(0, one.dependency().lastIndexOf('@'));
                    dependency = name + "@" + newest(name, kit).orElseThrow();
                }
                // the options of the case for this major, if there is one
                if (cases.containsKey(workspace + one.name()) && !workspace.equals(one.workspace())) continue;
                cases.put(
                        workspace + one.name(),
                        new Case(
                                one.name(),
                                workspace,
                                one.npmPackage(),
                                version.get(),
                                one.xml(),
                                one.script(),
                                one.variable(),
                                dependency));
            }
        }
        return List.copyOf(cases.values());
    }

    private static String kitOf(Object apps, String app) throws IOException {
        Path file = App.path(apps).resolve(app).resolve("package.json");
        return JSON.readTree(Files.readString(file))
                .get("devDependencies")
                .get("@sveltejs/kit")
                .asString();
    }

    private Optional<String> newest(String npmPackage, String kit) throws IOException {
        JsonNode answer = versions.computeIfAbsent(npmPackage, this::view);
        List<Semver> accepted = new ArrayList<>();
        // a range with one version is an object
        for (JsonNode one : answer.isArray() ? answer : JSON.createArrayNode().add(answer)) {
            JsonNode range = one.path("peerDependencies").path("@sveltejs/kit");
            if (range.isString() && new Semver(kit).satisfies(range.asString())) {
                accepted.add(new Semver(one.get("version").asString()));
            }
        }
        return accepted.stream()
                // isStable() would be false for 0.1.1
                .filter(version -> version.getPreRelease().isEmpty())
                .max(Comparator.naturalOrder())
                .map(Semver::getVersion);
    }

    /** Asks the registry. Without the name, npm would print no peers at all if one version has none. */
    private JsonNode view(String npmPackage) {
        String all = npmPackage + "@>=0";
        return JSON.readTree(Node.npm(root, "view", all, "name", "version", "peerDependencies", "--json"));
    }
}
