package dev.kitbridge.maven.builder;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.BuildConfig;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Downloads;
import dev.kitbridge.adapter.Encoding;
import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.adapter.Log;
import dev.kitbridge.adapter.Manifest;
import dev.kitbridge.adapter.Prerender;
import dev.kitbridge.adapter.Prerendered;
import dev.kitbridge.adapter.Project;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.adapter.TargetPlatform;
import dev.kitbridge.maven.build.BuildRecord;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.packages.MissingBinaries;
import dev.kitbridge.maven.packages.Production;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Kit's Builder on a recorded build, for one adapter. */
public final class KitBuilder implements Builder {

    private final BuildRecord record;
    private final Project project;
    private final String id;
    private final Path scratch;
    private final Log log;
    private final Compressor compressor;
    private final Downloads downloads;
    private final OutputFolders folders;
    private final BuildConfig config;
    private final List<RouteDefinition> routes;
    private final Set<Path> outputs = new TreeSet<>();
    private final List<Attachment> attachments = new ArrayList<>();
    private final Set<Path> packages = new ConcurrentSkipListSet<>();
    private final List<AskedReleases> releases = new ArrayList<>();
    private boolean envModule;

    /**
     * A file to publish with the module.
     *
     * @param type the extension of the artifact
     * @param classifier the classifier of the artifact
     */
    public record Attachment(Path file, String type, String classifier) {}

    /**
     * Earlier releases that this adapter asked for. The answer may change before the next build.
     *
     * @param answer the releases that it got
     */
    public record AskedReleases(int count, String type, @Nullable String classifier, List<Downloads.Release> answer) {

        /** Returns whether the answer is still the same. */
        public boolean isCurrent(Downloads downloads) throws IOException {
            return answer.equals(downloads.previousReleases(count, type, classifier));
        }
    }

    /**
     * Creates a builder.
     *
     * @param id the adapter's id, which names its output folder
     * @param scratch the folder of the files that belong to the record
     */
    public KitBuilder(
            BuildRecord record,
            Project project,
            String id,
            Path scratch,
            Log log,
            Compressor compressor,
            Downloads downloads) {
        this.record = record;
        this.project = project;
        this.id = id;
        this.scratch = scratch;
        this.log = log;
        this.compressor = compressor;
        this.downloads = downloads;
        this.folders = new OutputFolders(
                project.baseDirectory(), project.buildDirectory(), List.of(project.classesDirectory()));
        this.config = record.buildConfig();
        this.routes =
                record.routes().stream().map(BuildRecord.Route::definition).toList();
        outputs.add(outputDirectory());
        outputs.addAll(javaScriptOutputs());
    }

    /** Returns the folders and files that this adapter wrote. */
    public Set<Path> outputs() {
        return outputs;
    }

    /** Returns the files that this adapter attached. */
    public List<Attachment> attachments() {
        return attachments;
    }

    /** Returns the npm packages and Maven artifacts that this adapter copied. */
    public Set<Path> packages() {
        return packages;
    }

    /** Returns the earlier releases that this adapter asked for. */
    public List<AskedReleases> releases() {
        return releases;
    }

    @Override
    public Log log() {
        return log;
    }

    @Override
    public BuildConfig config() {
        return config;
    }

    @Override
    public Prerendered prerendered() {
        return record.prerendered();
    }

    @Override
    public List<RouteDefinition> routes() {
        return routes;
    }

    @Override
    public Manifest manifest() {
        return record.manifest();
    }

    @Override
    public Map<String, String> mimeTypes() {
        return record.mimeTypes();
    }

    @Override
    public List<String> findServerAssets(Collection<RouteDefinition> some) {
        Set<String> ids = some.stream().map(RouteDefinition::id).collect(Collectors.toSet());
        return List.copyOf(new ServerModule(record).assets(ids));
    }

    @Override
    public void generateFallback(Path dest) throws IOException {
        String error = record.fallback().error();
        if (error != null) {
            throw new AdapterException("The fallback page could not be rendered: " + error);
        }
        Path file = output(dest);
        if (Files.exists(file)) {
            log.warn("The fallback page overwrites " + dest + "; consider another name for it, 200.html for example");
        }
        Files.createDirectories(file.resolveSibling(""));
        Files.copy(scratch.resolve("fallback.html"), file, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void generateEnvModule() {
        envModule = true;
    }

    @Override
    public String generateManifest(String relativePath, @Nullable Collection<RouteDefinition> some) {
        return new ServerModule(record).manifest(relativePath, some == null ? dynamicRoutes() : some);
    }

    @Override
    public void generateServerInstance(
            Path dest, @Nullable Collection<RouteDefinition> some, @Nullable Path serverDirectory) throws IOException {
        Path file = output(dest);
        Path server = serverDirectory == null ? serverDirectory() : folders.absolute(serverDirectory);
        String relative = Specifier.of(file.resolveSibling(""), server);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, new ServerModule(record).module(relative, some == null ? dynamicRoutes() : some));
    }

    private List<RouteDefinition> dynamicRoutes() {
        return routes.stream()
                .filter(route -> route.prerender() != Prerender.TRUE)
                .toList();
    }

    @Override
    public Path buildDirectory(String name) {
        return project.buildDirectory().resolve("kitbridge").resolve(id).resolve(name);
    }

    @Override
    public Path clientDirectory() {
        return built(record.clientDirectory());
    }

    @Override
    public Path serverDirectory() {
        return built(record.serverDirectory());
    }

    private Path built(String path) {
        return project.appDirectory().resolve(path).normalize();
    }

    @Override
    public String appPath() {
        return record.appPath();
    }

    @Override
    public List<String> writeClient(Path dest) throws IOException {
        // .vite holds data that Vite passes from one of its builds to the next
        return copy(clientDirectory(), dest, Builder.CopyOptions.filter(name -> !name.equals(".vite")));
    }

    @Override
    public List<String> writePrerendered(Path dest) throws IOException {
        Path source = built(record.prerenderedDirectory());
        Set<String> files = new LinkedHashSet<>();
        for (String part : List.of("pages", "dependencies", "data")) files.addAll(copy(source.resolve(part), dest));
        if (envModule) files.addAll(copy(scratch.resolve("env"), dest));
        return List.copyOf(files);
    }

    @Override
    public List<String> writeServer(Path dest) throws IOException {
        return copy(serverDirectory(), dest);
    }

    @Override
    public List<String> copy(Path from, Path to, Builder.CopyOptions options) throws IOException {
        boolean rebase = !record.kit().startsWith("2.");
        return new FileCopy(folders.absolute(from), output(to), options, rebase).run();
    }

    @Override
    public boolean hasServerInstrumentationFile() {
        return record.instrumented();
    }

    @Override
    public Path createInstrumentationInitializer(
            Path outputDirectory, @Nullable String environment, @Nullable Path serverDirectory) throws IOException {
        Path folder = output(outputDirectory);
        Path server = serverDirectory == null ? serverDirectory() : folders.absolute(serverDirectory);
        return InstrumentedEntry.writeInitializer(folder, environment, record.initializer(), server);
    }

    @Override
    public void instrument(Builder.Instrumentation options) throws IOException {
        Path entrypoint = output(options.entrypoint());
        InstrumentedEntry entry = new InstrumentedEntry(
                entrypoint, folders.absolute(options.instrumentation()), folders.absolute(options.initializer()));
        entry.check();
        Path start = options.start() == null ? entrypoint.resolveSibling("start.js") : output(options.start());
        copy(entrypoint, start);
        Path map = entrypoint.resolveSibling(entrypoint.getFileName() + ".map");
        if (Files.exists(map)) copy(map, start.resolveSibling(start.getFileName() + ".map"));
        entry.write(start, options);
    }

    @Override
    public List<String> compress(Path directory, Set<Encoding> encodings) throws IOException {
        return compressor.compress(output(directory), encodings, log);
    }

    @Override
    public void createEntries(Function<RouteDefinition, Builder.EntryPoint> group) throws IOException {
        Set<String> seen = new HashSet<>();
        List<RouteDefinition> dynamic = dynamicRoutes();
        for (int i = 0; i < dynamic.size(); i++) {
            Builder.EntryPoint entry = group.apply(dynamic.get(i));
            if (!seen.add(entry.id())) continue;
            Set<RouteDefinition> members = new LinkedHashSet<>();
            members.add(dynamic.get(i));
            dynamic.subList(i + 1, dynamic.size()).stream()
                    .filter(entry.filter())
                    .forEach(members::add);
            for (RouteDefinition member : List.copyOf(members)) {
                // a page often fetches from the endpoint beside it
                if (!member.page().methods().isEmpty()) {
                    routes.stream()
                            .filter(route -> route.id().equals(member.id() + ".json"))
                            .forEach(members::add);
                }
            }
            entry.complete().complete(List.copyOf(members));
        }
    }

    @Override
    public List<Path> javaScriptOutputs() {
        BuildRecord.Ran ran = record.ran(id);
        return ran == null ? List.of() : ran.outputs().stream().map(this::built).toList();
    }

    @Override
    public void clear(Path... directories) throws IOException {
        for (Path directory : directories) folders.clearable(directory);
        for (Path directory : directories) outputs.add(folders.clear(directory));
    }

    @Override
    public JavaScriptRuntime.Binary javaScriptRuntime(
            JavaScriptRuntime runtime, @Nullable String version, TargetPlatform platform) throws IOException {
        return downloads.javaScriptRuntime(runtime, version, platform);
    }

    @Override
    public List<Downloads.Release> previousReleases(int count, String type, @Nullable String classifier)
            throws IOException {
        List<Downloads.Release> answer = List.copyOf(downloads.previousReleases(count, type, classifier));
        releases.add(new AskedReleases(count, type, classifier, answer));
        return answer;
    }

    @Override
    public List<Project.Dependency> artifact(String groupId, String artifactId, String version) throws IOException {
        List<Project.Dependency> artifacts = downloads.artifact(groupId, artifactId, version);
        for (Project.Dependency artifact : artifacts) packages.add(artifact.file());
        return artifacts;
    }

    @Override
    public List<String> writePackages(Path dest, Collection<String> names, JavaScriptRuntime.@Nullable Target target)
            throws IOException {
        Path folder = output(dest);
        try {
            Map<String, Path> places = Production.of(project.appDirectory(), names, target, log::warn);
            packages.addAll(places.values());
            if (target != null) MissingBinaries.of(places.values(), target).forEach(log::warn);
            return new PackageCopy(places, project.buildDirectory(), PackageFiles.of(places, target)).to(folder);
        } catch (UserFailure e) {
            throw new AdapterException(Objects.toString(e.getMessage()), e.getCause());
        }
    }

    @Override
    public List<String> bundleServer(Path entry, Path dest, Collection<String> external) throws IOException {
        return new ServerBundle(compressor.node(), scratch, project.appDirectory())
                .write(folders.absolute(entry), output(dest), external);
    }

    @Override
    public Project project() {
        return project;
    }

    @Override
    public Path outputDirectory() {
        return project.buildDirectory().resolve("adapters").resolve(id);
    }

    @Override
    public void attachArtifact(Path file, String type, String classifier) {
        Path absolute = folders.absolute(file);
        if (!Files.isRegularFile(absolute)) {
            throw new IllegalArgumentException("the artifact " + file + " does not exist");
        }
        outputs.add(absolute);
        attachments.add(new Attachment(absolute, type, classifier));
    }

    private Path output(Path path) throws IOException {
        Path absolute = folders.writable(path);
        if (outputs.stream().noneMatch(absolute::startsWith)) outputs.add(absolute);
        return absolute;
    }
}
