package dev.kitbridge.maven.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.adapter.TargetPlatform;
import dev.kitbridge.maven.failure.UserFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tests layouts of npm, pnpm and workspaces: each package must find the same dependencies as before. */
class ProductionTest {

    @TempDir
    Path temp;

    private Path root;

    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void app() throws IOException {
        root = temp.toRealPath();
        Files.createDirectories(root.resolve("app"));
    }

    /** Installs a package; each need is {@code name}, {@code name?} (optional) or {@code name!} (a peer). */
    private void install(String folder, String... needs) throws IOException {
        Map<String, Map<String, String>> groups = new TreeMap<>();
        for (String need : needs) {
            String group = need.endsWith("?")
                    ? "optionalDependencies"
                    : need.endsWith("!") ? "peerDependencies" : "dependencies";
            groups.computeIfAbsent(group, key -> new TreeMap<>()).put(need.replaceAll("[?!]$", ""), "*");
        }
        groups.put("devDependencies", Map.of("not-installed-by-anybody", "*"));
        String json = groups.entrySet().stream()
                .map(group -> "\"" + group.getKey() + "\":"
                        + group.getValue().entrySet().stream()
                                .map(entry -> "\"" + entry.getKey() + "\":\"" + entry.getValue() + "\"")
                                .collect(Collectors.joining(",", "{", "}")))
                .collect(Collectors.joining(",", "{", "}"));
        Path directory = Files.createDirectories(root.resolve(folder));
        Files.writeString(directory.resolve("package.json"), json);
    }

    private void link(String from, String to) throws IOException {
        Path link = root.resolve(from);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, link.getParent().relativize(root.resolve(to)));
    }

    /** Returns the paths with their source folders. */
    private Map<String, String> places(String... names) throws IOException {
        Map<String, String> places = new TreeMap<>();
        Production.of(root.resolve("app"), List.of(names), null, warnings::add)
                .forEach((place, directory) ->
                        places.put(place, root.relativize(directory).toString().replace('\\', '/')));
        return places;
    }

    @Test
    void aPackageIsCopiedWithItsDependenciesOnly() throws IOException {
        install("app/node_modules/sharp", "color", "@img/colour");
        install("app/node_modules/color", "color-name");
        install("app/node_modules/color-name");
        install("app/node_modules/@img/colour");
        install("app/node_modules/vite");
        assertThat(places("sharp"))
                .isEqualTo(Map.of(
                        "node_modules/sharp", "app/node_modules/sharp",
                        "node_modules/color", "app/node_modules/color",
                        "node_modules/color-name", "app/node_modules/color-name",
                        "node_modules/@img/colour", "app/node_modules/@img/colour"));
        assertThat(places()).isEmpty();
    }

    @Test
    void versionsThatConflictStayNested() throws IOException {
        install("app/node_modules/a", "b", "c");
        install("app/node_modules/a/node_modules/b", "c");
        install("app/node_modules/a/node_modules/c");
        install("app/node_modules/b");
        install("app/node_modules/c");
        install("app/node_modules/d", "b", "c");
        assertThat(places("a", "d"))
                .isEqualTo(Map.of(
                        "node_modules/a", "app/node_modules/a",
                        "node_modules/a/node_modules/b", "app/node_modules/a/node_modules/b",
                        "node_modules/a/node_modules/c", "app/node_modules/a/node_modules/c",
                        "node_modules/b", "app/node_modules/b",
                        "node_modules/c", "app/node_modules/c",
                        "node_modules/d", "app/node_modules/d"));
    }

    @Test
    void installedOptionalAndPeerDependenciesAreCopied() throws IOException {
        install("app/node_modules/sharp", "@img/sharp-linux-x64?", "@img/sharp-win32-x64?", "react!", "preact!");
        install("app/node_modules/@img/sharp-linux-x64");
        install("app/node_modules/react", "scheduler");
        install("app/node_modules/scheduler");
        assertThat(places("sharp").keySet())
                .containsExactly(
                        "node_modules/@img/sharp-linux-x64",
                        "node_modules/react",
                        "node_modules/scheduler",
                        "node_modules/sharp");
    }

    /** npm also lists an optional dependency under dependencies. */
    @Test
    void anOptionalDependencyThatIsListedTwiceIsOptional() throws IOException {
        install("app/node_modules/watcher", "fsevents?");
        Files.writeString(
                root.resolve("app/node_modules/watcher/package.json"),
                "{\"dependencies\":{\"fsevents\":\"*\"},\"optionalDependencies\":{\"fsevents\":\"*\"}}");
        assertThat(places("watcher").keySet()).containsExactly("node_modules/watcher");
    }

    @Test
    void packagesThatDependOnEachOtherAreCopied() throws IOException {
        install("app/node_modules/egg", "hen");
        install("app/node_modules/hen", "egg", "hen");
        assertThat(places("egg").keySet()).containsExactly("node_modules/egg", "node_modules/hen");
    }

    @Test
    void aPackageMayBeInstalledAboveTheApp() throws IOException {
        install("app/node_modules/a", "b");
        install("node_modules/b");
        install("node_modules/a");
        assertThat(places("a"))
                .isEqualTo(Map.of("node_modules/a", "app/node_modules/a", "node_modules/b", "node_modules/b"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void linksOfPnpmAreFollowed() throws IOException {
        String store = "app/node_modules/.pnpm/";
        install(store + "a@1/node_modules/a", "b", "c");
        install(store + "b@1/node_modules/b", "c");
        install(store + "c@1/node_modules/c");
        install(store + "c@2/node_modules/c");
        link(store + "a@1/node_modules/b", store + "b@1/node_modules/b");
        link(store + "a@1/node_modules/c", store + "c@2/node_modules/c");
        link(store + "b@1/node_modules/c", store + "c@1/node_modules/c");
        link("app/node_modules/a", store + "a@1/node_modules/a");
        assertThat(places("a"))
                .isEqualTo(Map.of(
                        "node_modules/a", store + "a@1/node_modules/a",
                        "node_modules/b", store + "b@1/node_modules/b",
                        "node_modules/b/node_modules/c", store + "c@1/node_modules/c",
                        "node_modules/c", store + "c@2/node_modules/c"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPackageOfTheWorkspaceBringsItsOwnVersions() throws IOException {
        install("packages/tides", "moon", "sea");
        install("packages/tides/node_modules/moon");
        install("node_modules/moon");
        install("node_modules/sea", "moon");
        link("node_modules/tides", "packages/tides");
        assertThat(places("tides", "moon"))
                .isEqualTo(Map.of(
                        "node_modules/tides", "packages/tides",
                        "node_modules/tides/node_modules/moon", "packages/tides/node_modules/moon",
                        "node_modules/moon", "node_modules/moon",
                        "node_modules/sea", "node_modules/sea"));
    }

    /** Links allow a cycle of versions; this one ends after one round. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPackageMayNeedAnotherVersionOfItself() throws IOException {
        String store = "app/node_modules/.pnpm/";
        install(store + "a@2/node_modules/a", "b");
        install(store + "b@1/node_modules/b", "a");
        install(store + "a@1/node_modules/a");
        link(store + "a@2/node_modules/b", store + "b@1/node_modules/b");
        link(store + "b@1/node_modules/a", store + "a@1/node_modules/a");
        link("app/node_modules/a", store + "a@2/node_modules/a");
        assertThat(places("a"))
                .isEqualTo(Map.of(
                        "node_modules/a", store + "a@2/node_modules/a",
                        "node_modules/b", store + "b@1/node_modules/b",
                        "node_modules/b/node_modules/a", store + "a@1/node_modules/a"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aCycleThatNeedsLinksIsRejected() throws IOException {
        String store = "app/node_modules/.pnpm/";
        String[] circle = {"a@1", "b@2", "a@2", "b@1"};
        for (int i = 0; i < circle.length; i++) {
            String name = circle[i].substring(0, 1);
            String next = circle[(i + 1) % circle.length];
            String needed = next.substring(0, 1);
            install(store + circle[i] + "/node_modules/" + name, needed);
            link(store + circle[i] + "/node_modules/" + needed, store + next + "/node_modules/" + needed);
        }
        link("app/node_modules/a", store + "a@1/node_modules/a");
        assertThatThrownBy(() -> places("a"))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("depend on each other in versions that do not fit into a node_modules");
    }

    @Test
    void aPackageThatIsNotInstalledIsNamed() {
        assertThatThrownBy(() -> places("sharp"))
                .isInstanceOf(AdapterException.class)
                .hasMessage("The package 'sharp' is not installed: it is in no node_modules of " + root.resolve("app")
                        + " or above; add it to the dependencies in " + root.resolve("app/package.json")
                        + " and install it, or correct its name");
    }

    /** As with adapter-node, only its import fails: an override may have removed it. */
    @Test
    void aDependencyThatIsNotInstalledIsNamedWithItsDependent() throws IOException {
        install("app/node_modules/sharp", "color", "semver");
        install("app/node_modules/semver");
        assertThat(places("sharp").keySet()).containsExactly("node_modules/semver", "node_modules/sharp");
        assertThat(warnings)
                .containsExactly("The package 'color' is not installed, but "
                        + root.resolve("app/node_modules/sharp/package.json") + " depends on it. If an override removes"
                        + " it, all is well; otherwise install the app's packages again");
    }

    @Test
    void anInvalidNameIsRejected() {
        for (String name : List.of("../secrets", "sharp/lib", "@img", "", ".bin", "node_modules", "a\\b")) {
            assertThatThrownBy(() -> places(name))
                    .isInstanceOf(AdapterException.class)
                    .hasMessageStartingWith("'" + name + "' is not the name of an npm package");
        }
    }

    @Test
    void aPackageThatIsDamagedIsNamed() throws IOException {
        Path sharp = Files.createDirectories(root.resolve("app/node_modules/sharp"));
        Files.writeString(sharp.resolve("package.json"), "{");
        assertThatThrownBy(() -> places("sharp"))
                .isInstanceOf(UserFailure.class)
                .hasMessageStartingWith(sharp.resolve("package.json") + " is not JSON");
    }

    private void manifest(String folder, String json) throws IOException {
        Files.writeString(Files.createDirectories(root.resolve(folder)).resolve("package.json"), json);
    }

    /** Many packages name TypeScript as an optional peer, which a product does not need. */
    @Test
    void anOptionalPeerComesAlongOnlyIfSomethingElseNeedsIt() throws IOException {
        manifest(
                "app/node_modules/knex",
                "{\"peerDependencies\":{\"pg\":\"*\",\"typescript\":\"*\"},"
                        + "\"peerDependenciesMeta\":{\"pg\":{\"optional\":true},\"typescript\":{\"optional\":true}}}");
        install("app/node_modules/pg");
        install("app/node_modules/typescript");
        assertThat(places("knex").keySet()).containsExactly("node_modules/knex");
        assertThat(places("knex", "pg").keySet()).containsExactly("node_modules/knex", "node_modules/pg");
    }

    /** An optional peer in a different version. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anOptionalPeerIsTheOneThatTheDependentFinds() throws IOException {
        String store = "app/node_modules/.pnpm/";
        manifest(
                store + "knex/node_modules/knex",
                "{\"peerDependencies\":{\"pg\":\"*\"},\"peerDependenciesMeta\":{\"pg\":{\"optional\":true}}}");
        install(store + "pg@1/node_modules/pg");
        install(store + "pg@2/node_modules/pg");
        install(store + "tool/node_modules/tool", "pg");
        link(store + "knex/node_modules/pg", store + "pg@2/node_modules/pg");
        link(store + "tool/node_modules/pg", store + "pg@2/node_modules/pg");
        link("app/node_modules/knex", store + "knex/node_modules/knex");
        link("app/node_modules/tool", store + "tool/node_modules/tool");
        link("app/node_modules/pg", store + "pg@1/node_modules/pg");
        assertThat(places("knex", "pg", "tool"))
                .containsEntry("node_modules/pg", store + "pg@1/node_modules/pg")
                .containsEntry("node_modules/knex/node_modules/pg", store + "pg@2/node_modules/pg");
    }

    @Test
    void optionalPackagesForOtherPlatformsStayBehind() throws IOException {
        String scope = "app/node_modules/@libsql/";
        install("app/node_modules/libsql", "@libsql/linux?", "@libsql/musl?", "@libsql/mac?", "@libsql/any?");
        manifest(scope + "linux", "{\"os\":[\"linux\"],\"cpu\":[\"x64\"],\"libc\":[\"glibc\"]}");
        manifest(scope + "musl", "{\"name\":\"@libsql/linux-x64-musl\",\"os\":[\"linux\"],\"cpu\":[\"x64\"]}");
        manifest(scope + "mac", "{\"os\":[\"darwin\"]}");
        manifest(scope + "any", "{\"os\":[\"!win32\"]}");
        assertThat(placesOn("linux-x64")).containsExactly("@libsql/any", "@libsql/linux", "libsql");
        assertThat(placesOn("win-x64")).containsExactly("libsql");
        assertThat(placesOn("darwin-arm64", "linux-x64"))
                .containsExactly("@libsql/any", "@libsql/linux", "@libsql/mac", "libsql");
        // the platform is unknown, so that every installed package may be needed
        assertThat(placesOn()).containsExactly("@libsql/any", "@libsql/linux", "@libsql/mac", "@libsql/musl", "libsql");
    }

    private List<String> placesOn(String... platforms) throws IOException {
        return Production.of(root.resolve("app"), List.of("libsql"), target(platforms), warnings::add).keySet().stream()
                .map(place -> place.substring("node_modules/".length()))
                .sorted()
                .toList();
    }

    private static JavaScriptRuntime.Target target(String... platforms) {
        return new JavaScriptRuntime.Target(
                JavaScriptRuntime.NODE,
                Stream.of(platforms).map(TargetPlatform::valueOf).toList());
    }

    @Test
    void aBinaryForAPlatformOfTheTargetThatIsNotInstalledIsNamed() throws IOException {
        manifest(
                "app/node_modules/sharp",
                "{\"name\":\"sharp\",\"optionalDependencies\":{\"@img/sharp-linux-x64\":\"1\",\"@img/sharp-linux-arm64\":\"1\","
                        + "\"@img/sharp-linuxmusl-arm64\":\"1\",\"@img/sharp-darwin-arm64\":\"1\",\"@img/sharp-win32-x64\":\"1\","
                        + "\"@img/libvips-linux-arm64\":\"2\",\"fsevents\":\"1\"}}");
        install("app/node_modules/@img/sharp-linux-x64");
        List<Path> packages = List.of(root.resolve("app/node_modules/sharp"));
        assertThat(MissingBinaries.of(packages, target("linux-x64"))).isEmpty();
        assertThat(MissingBinaries.of(packages, target())).isEmpty();
        assertThat(MissingBinaries.of(packages, target("linux-x64", "linux-arm64", "win-x64")))
                .hasSize(3)
                .allMatch(warning -> warning.contains("sharp has no native binary for "))
                .anyMatch(warning -> warning.contains("npm install --no-save --force @img/sharp-linux-arm64@1'"))
                .anyMatch(warning -> warning.contains("@img/libvips-linux-arm64@2"))
                .anyMatch(warning -> warning.contains("win-x64: @img/sharp-win32-x64@1 is not installed"));
    }
}
