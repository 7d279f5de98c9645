package dev.kitbridge.maven.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Downloads;
import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.adapter.Project;
import dev.kitbridge.adapter.TargetPlatform;
import dev.kitbridge.maven.build.ViteBuild;
import dev.kitbridge.maven.builder.Compressor;
import dev.kitbridge.maven.builder.KitBuilder;
import dev.kitbridge.maven.failure.Defect;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.NodeServer;
import dev.kitbridge.maven.recorded.RecordedBuild;
import dev.kitbridge.maven.recorded.RecordedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterRunTest {

    @TempDir
    Path temp;

    private RecordedBuild recorded;
    private String fingerprint = "first build";
    private Map<String, Object> options = Map.of("a", "1");
    private int runs;
    private Path jar;

    @BeforeEach
    void build() throws IOException {
        recorded = RecordedBuild.unpack("kit3", Files.createDirectories(temp.resolve("module")));
        jar = Files.writeString(temp.resolve("adapter.jar"), "classes");
    }

    /** The work of an adapter. */
    private interface Work {
        void on(Builder builder) throws IOException;
    }

    private AdapterRun.Result run(Work work) throws IOException {
        Adapter adapter = new Adapter() {
            @Override
            public String name() {
                return "depot";
            }

            @Override
            public void adapt(Builder builder) throws IOException {
                runs++;
                work.on(builder);
            }
        };
        NodeServer node = new NodeServer(new NodeRuntime(Path.of("node"), "test"), recorded.scratch(), null);
        Compressor compressor = new Compressor(node, recorded.scratch(), message -> {});
        ViteBuild.Result build = new ViteBuild.Result(
                recorded.record(), fingerprint, true, recorded.scratch(), node, new ReentrantLock());
        return new AdapterRun(recorded.project(), build, recorded.scratch(), compressor, log -> recorded.downloads())
                .run(new ConfiguredAdapter("docs", "depot", jar.toString(), options, adapter), new RecordedLog());
    }

    private AdapterRun.Result pack() throws IOException {
        return run(builder -> {
            builder.clear(builder.outputDirectory());
            builder.writeClient(builder.outputDirectory());
            Path zip = Files.writeString(builder.project().buildDirectory().resolve("docs.zip"), "zip");
            builder.attachArtifact(zip, "zip", "docs");
        });
    }

    /** The state after the adapter's last run. */
    private Path state() throws IOException {
        try (Stream<Path> files = Files.list(recorded.scratch().resolve("adapters"))) {
            return files.reduce((first, second) -> {
                        throw new AssertionError("two of them: " + first + ", " + second);
                    })
                    .orElseThrow();
        }
    }

    private Path target(String file) {
        return recorded.project().buildDirectory().resolve(file);
    }

    @Test
    void anAdapterRunsOnceWhileNothingChanges() throws IOException {
        AdapterRun.Result first = pack();
        AdapterRun.Result second = pack();
        assertThat(first.fresh()).isTrue();
        assertThat(second.fresh()).isFalse();
        assertThat(runs).isEqualTo(1);
        assertThat(second.attachments())
                .isEqualTo(first.attachments())
                .containsExactly(new KitBuilder.Attachment(target("docs.zip"), "zip", "docs"));
    }

    @Test
    void itRunsAgainWhenAnInputChanges() throws IOException {
        pack();
        fingerprint = "second build";
        assertThat(pack().fresh()).isTrue();
        options = Map.of("a", "2");
        assertThat(pack().fresh()).isTrue();
        Files.writeString(jar, "other classes");
        assertThat(pack().fresh()).isTrue();
        recorded = recorded.withMainArtifact(Files.writeString(target("lighthouse-1.0.jar"), "jar"));
        assertThat(pack().fresh()).isTrue();
        Path library = Files.writeString(target("library-2.jar"), "jar");
        recorded = recorded.withDependencies(
                List.of(new Project.Dependency("com.example", "library", "2", null, library)));
        assertThat(pack().fresh()).isTrue();
        Files.writeString(library, "another jar");
        assertThat(pack().fresh()).isTrue();
        assertThat(pack().fresh()).isFalse();
        assertThat(runs).isEqualTo(7);
    }

    /** Sets the earlier releases of the module. */
    private void released(List<Downloads.Release> releases) {
        recorded = recorded.withDownloads(new Downloads() {
            @Override
            public JavaScriptRuntime.Binary javaScriptRuntime(
                    JavaScriptRuntime runtime, @Nullable String version, TargetPlatform platform) {
                throw new AssertionError("nobody asks for it");
            }

            @Override
            public List<Downloads.Release> previousReleases(int count, String type, @Nullable String classifier) {
                assertThat(type + " " + classifier).isEqualTo("jar app");
                return releases.subList(0, Math.min(count, releases.size()));
            }

            @Override
            public List<Project.Dependency> artifact(String groupId, String artifactId, String version) {
                throw new AssertionError("nobody asks for it");
            }
        });
    }

    @Test
    void itRunsAgainWhenANewerReleaseExists() throws IOException {
        Downloads.Release first =
                new Downloads.Release("1.0", temp.resolve("1.0.jar").toAbsolutePath());
        Downloads.Release second =
                new Downloads.Release("1.1", temp.resolve("1.1.jar").toAbsolutePath());
        Downloads.Release third =
                new Downloads.Release("1.2", temp.resolve("1.2.jar").toAbsolutePath());
        Work retain = builder -> builder.previousReleases(2, "jar", "app");
        released(List.of(first));
        assertThat(run(retain).fresh()).isTrue();
        assertThat(run(retain).fresh()).isFalse();
        released(List.of(second, first));
        assertThat(run(retain).fresh()).isTrue();
        released(List.of(second, first, third));
        assertThat(run(retain).fresh()).isFalse();
        released(List.of(third, second, first));
        assertThat(run(retain).fresh()).isTrue();
    }

    @Test
    void itRunsAgainWhenAPackageThatItWroteChanges() throws IOException {
        Path tides = recorded.project().appDirectory().resolve("node_modules/tides");
        Files.createDirectories(tides.resolve("node_modules"));
        Files.writeString(tides.resolve("package.json"), "{}");
        Work pack = builder -> builder.writePackages(builder.outputDirectory(), List.of("tides"));
        assertThat(run(pack).fresh()).isTrue();
        assertThat(run(pack).fresh()).isFalse();
        Files.writeString(tides.resolve("index.js"), "export default 1;");
        assertThat(run(pack).fresh()).isTrue();
        Files.writeString(tides.resolve("node_modules/.package-lock.json"), "{}");
        assertThat(run(pack).fresh()).isFalse();
    }

    /** A state that an earlier version of the plugin may have written. */
    @Test
    void aRecordWithoutSomePartsIsNotTrusted() throws IOException {
        pack();
        Path state = state();
        Files.writeString(state, Files.readString(state).replaceFirst(",\"packagesStamp\":\"[^\"]*\"", ""));
        assertThat(pack().fresh()).isTrue();
    }

    @Test
    void itRunsAgainWhenTheOutputChanges() throws IOException {
        pack();
        Files.delete(target("adapters/docs/robots.txt"));
        assertThat(pack().fresh()).isTrue();
        Files.writeString(target("docs.zip"), "something else");
        assertThat(pack().fresh()).isTrue();
        Files.writeString(state(), "{");
        assertThat(pack().fresh()).isTrue();
    }

    @Test
    void aRunThatFailedIsRepeated() throws IOException {
        pack();
        fingerprint = "second build";
        assertThatThrownBy(() -> run(builder -> {
                    throw new AdapterException("no room in the depot");
                }))
                .isInstanceOf(UserFailure.class)
                .hasMessage("Adapter 'docs': no room in the depot");
        fingerprint = "first build";
        assertThat(pack().fresh()).isTrue();
    }

    @Test
    void anAdapterThatBreaksIsNamedWithItsJarAndItsCause() {
        for (Throwable thrown : new Throwable[] {
            new IOException("disk full"), new IllegalStateException("odd"), new NoSuchMethodError("gone")
        }) {
            assertThatThrownBy(() -> run(builder -> sneak(thrown)))
                    .isInstanceOf(Defect.class)
                    .hasMessage("Adapter 'docs' (" + jar + ") failed: " + thrown + "; run Maven with -e to see where")
                    .hasCause(thrown);
        }
    }

    private static void sneak(Throwable thrown) throws IOException {
        if (thrown instanceof IOException e) throw e;
        if (thrown instanceof RuntimeException e) throw e;
        throw (Error) thrown;
    }
}
