package dev.kitbridge.adapter.test;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Downloads;
import dev.kitbridge.adapter.Emulator;
import dev.kitbridge.adapter.Project;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.maven.builder.Compressor;
import dev.kitbridge.maven.builder.KitBuilder;
import dev.kitbridge.maven.json.Jackson;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.NodeServer;
import dev.kitbridge.maven.node.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;

/**
 * A Maven module with a recorded build, on which an adapter runs. Its coordinates are
 * {@code com.example:lighthouse:1.0}; its folder is the app's too. AssertJ's {@code assertThat} accepts it.
 */
public final class AdaptedModule implements AssertProvider<ModuleAssert> {

    private final LogLines log = new LogLines(new ArrayList<>());
    private final List<KitBuilder> builders = new ArrayList<>();
    private RecordedBuild build;
    private String packaging = "jar";
    private @Nullable Path mainArtifact;
    private List<Project.Dependency> dependencies = List.of();
    private Downloads downloads = new NoDownloads();

    AdaptedModule(RecordedBuild build) {
        this.build = build;
    }

    /**
     * Sets the module's packaging.
     *
     * @param name a packaging of Maven; {@code jar} if it is not set
     * @return this module
     */
    public AdaptedModule packaging(String name) {
        packaging = name;
        return this;
    }

    /**
     * Sets the file of the module's own jar or WAR.
     *
     * @param file the file; without it, the module has not been packaged
     * @return this module
     */
    public AdaptedModule mainArtifact(Path file) {
        mainArtifact = file;
        return this;
    }

    /**
     * Sets the module's runtime class path.
     *
     * @param some the artifacts; none if they are not set
     * @return this module
     */
    public AdaptedModule dependencies(List<Project.Dependency> some) {
        dependencies = some;
        return this;
    }

    /**
     * Sets what the adapter can download. Otherwise there are no earlier releases, and other downloads fail.
     *
     * @param some the downloads
     * @return this module
     */
    public AdaptedModule downloads(Downloads some) {
        downloads = some;
        return this;
    }

    /**
     * Sets the output of the adapter in JavaScript that ran before, for {@link Builder#javaScriptOutputs}.
     *
     * @param id the id of the adapter that {@link #builder} will name
     * @param outputs folders and files, relative to the app's folder
     * @return this module
     * @throws IOException if the record cannot be written
     */
    public AdaptedModule javaScriptOutputs(String id, List<String> outputs) throws IOException {
        build = build.withJavaScriptOutputs(id, outputs);
        return this;
    }

    /**
     * Runs an adapter, whose name is its id. {@link Adapter#supports} is not asked.
     *
     * @param adapter the adapter
     * @return this module
     * @throws IOException if the adapter throws it
     */
    public AdaptedModule adapt(Adapter adapter) throws IOException {
        adapter.adapt(builder(adapter.name()));
        return this;
    }

    /**
     * Creates a builder, for code that takes one. It compresses with the Node on {@code PATH}.
     *
     * @param id the adapter's id, which names its output folder
     * @return a new builder
     */
    public Builder builder(String id) {
        // a test that compresses nothing starts no Node
        NodeRuntime node = new NodeRuntime(Programs.system().find("node").orElse(Path.of("node")), "PATH");
        Path scratch = build.scratch();
        Compressor compressor = new Compressor(new NodeServer(node, scratch, null), scratch, message -> {});
        KitBuilder builder = new KitBuilder(build.record(), project(), id, scratch, log, compressor, downloads);
        builders.add(builder);
        return builder;
    }

    private Project project() {
        Path target = folder().resolve("target");
        return new Project(
                "com.example",
                "lighthouse",
                "1.0",
                packaging,
                "lighthouse-1.0",
                folder(),
                folder(),
                target,
                target.resolve("classes"),
                mainArtifact,
                dependencies,
                Instant.parse("2026-11-01T00:00:00Z"));
    }

    /**
     * Returns the module's folder.
     *
     * @return an absolute path without links
     */
    public Path folder() {
        return build.folder();
    }

    /**
     * Returns the output folder of the adapter that ran last.
     *
     * @return {@code target/adapters/<id>} in the module's folder
     */
    public Path output() {
        if (builders.isEmpty()) throw new IllegalStateException("no adapter has run; call adapt first");
        return builders.get(builders.size() - 1).outputDirectory();
    }

    /**
     * Returns the folders and files that the plugin takes for the output of the adapters that ran.
     *
     * @return absolute paths
     */
    public Set<Path> outputs() {
        Set<Path> outputs = new TreeSet<>();
        for (KitBuilder builder : builders) outputs.addAll(builder.outputs());
        return outputs;
    }

    /**
     * Returns the attached artifacts.
     *
     * @return the artifacts in the order in which they were attached
     */
    public List<AttachedArtifact> attachments() {
        return builders.stream()
                .flatMap(builder -> builder.attachments().stream())
                .map(one -> new AttachedArtifact(one.file(), one.type(), one.classifier()))
                .toList();
    }

    /**
     * Returns the log of the adapters.
     *
     * @return the lines, each behind its level: {@code success Wrote site.zip}
     */
    public List<String> log() {
        return Collections.unmodifiableList(log.lines());
    }

    /**
     * Returns a route of the app.
     *
     * @param id the route's folder below {@code src/routes}, such as {@code /blog/[slug]}
     * @return the route as adapters see it
     * @throws IllegalArgumentException if the app has no such route; the message lists all routes
     */
    public RouteDefinition route(String id) {
        List<RouteDefinition> routes = build.record().routes().stream()
                .map(route -> route.definition())
                .toList();
        return routes.stream()
                .filter(route -> route.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The app has no route '" + id + "'; it has "
                        + routes.stream().map(RouteDefinition::id).toList()));
    }

    /**
     * Emulates a request: returns the {@code event.platform} that a route gets from an adapter in development, in a
     * preview, and while kit prerenders pages.
     *
     * @param adapter the adapter
     * @param id the route's folder below {@code src/routes}
     * @return the platform as the app gets it, after it was sent as JSON; empty if the adapter emulates nothing
     */
    public Map<String, Object> platform(Adapter adapter, String id) {
        Emulator emulator = adapter.emulate();
        if (emulator == null) return Map.of();
        RouteDefinition route = route(id);
        String json = Jackson.MAPPER.writeValueAsString(emulator.platform(route.config(), route.prerender()));
        @SuppressWarnings("unchecked")
        Map<String, Object> platform = Jackson.MAPPER.readValue(json, Map.class);
        return platform;
    }

    @Override
    public ModuleAssert assertThat() {
        return new ModuleAssert(this);
    }
}
