package dev.kitbridge.adapters.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.maven.build.BuildRecord;
import dev.kitbridge.maven.builder.KitBuilder;
import dev.kitbridge.maven.recorded.RecordedBuild;
import dev.kitbridge.maven.recorded.RecordedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the adapter on a recorded build in which an adapter in JavaScript wrote some files. */
class NpmAdapterTest {

    @TempDir
    Path temp;

    private final RecordedLog log = new RecordedLog();
    private Path module;

    @BeforeEach
    void files() throws IOException {
        module = temp.toRealPath();
        for (String name : List.of(
                "build/index.js", "build/client/a.js", ".netlify/server/x.mjs", ".svelte-kit/edge/_worker.js")) {
            Path file = module.resolve(name);
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, name);
        }
    }

    private KitBuilder adapt(boolean attach, boolean copy, List<String> outputs, String... written) throws IOException {
        KitBuilder builder = RecordedBuild.unpack("kit3", module)
                .withJavaScriptAdapter(new BuildRecord.Ran("edge", Map.of(), true, List.of(written)))
                .builder("edge", log);
        new NpmAdapter(new NpmOptions("ferry", null, null, attach, copy, outputs)).adapt(builder);
        return builder;
    }

    private List<String> copied() throws IOException {
        Path root = module.resolve("target/adapters/edge");
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theOutputStaysWhereItIs() throws IOException {
        KitBuilder builder = adapt(false, false, List.of(), ".netlify", "build");
        assertThat(builder.attachments()).isEmpty();
        assertThat(builder.outputs()).contains(module.resolve("build"), module.resolve(".netlify"));
        assertThat(module.resolve("target/adapters/edge")).doesNotExist();
        assertThat(log.lines()).anyMatch(line -> line.endsWith("ferry wrote .netlify, build"));
    }

    @Test
    void oneFolderIsCopiedWithItsOwnPaths() throws IOException {
        adapt(false, true, List.of(), ".svelte-kit/edge", "build");
        assertThat(copied()).containsExactly("client/a.js", "index.js");
    }

    @Test
    void severalFoldersAreCopiedWithTheirPathsInTheApp() throws IOException {
        adapt(false, true, List.of(), ".netlify", "build");
        assertThat(copied()).containsExactly(".netlify/server/x.mjs", "build/client/a.js", "build/index.js");
    }

    @Test
    void theArchiveIsAttachedAndReproducible() throws IOException {
        KitBuilder builder =
                adapt(true, false, List.of(".svelte-kit/edge"), ".svelte-kit/edge", ".svelte-kit/edge-tmp");
        KitBuilder.Attachment attached = builder.attachments().get(0);
        assertThat(attached.type()).isEqualTo("zip");
        assertThat(attached.classifier()).isEqualTo("edge");
        assertThat(attached.file()).isEqualTo(module.resolve("target/lighthouse-1.0-edge.zip"));
        byte[] first = Files.readAllBytes(attached.file());
        try (ZipFile zip = new ZipFile(attached.file().toFile())) {
            assertThat(zip.stream().map(Object::toString)).containsExactly("_worker.js");
        }
        adapt(true, false, List.of(".svelte-kit/edge"), ".svelte-kit/edge");
        assertThat(Files.readAllBytes(attached.file())).isEqualTo(first);
    }

    @Test
    void itIsAnErrorIfTheOutputIsUnclear() {
        assertThatThrownBy(() -> adapt(true, false, List.of(), ".svelte-kit/edge", ".svelte-kit/edge-tmp"))
                .isInstanceOf(AdapterException.class)
                .hasMessage("The adapter wrote .svelte-kit/edge, .svelte-kit/edge-tmp, and some of these may be"
                        + " intermediate files; name what to attach or copy: <outputs>.svelte-kit/edge</outputs>");
        assertThatThrownBy(() -> adapt(true, false, List.of()))
                .hasMessageStartingWith("ferry wrote no files, so that there is nothing to attach or copy; remove");
        assertThatThrownBy(() -> adapt(true, false, List.of("dist"), "build"))
                .hasMessage("<outputs> names dist, which does not exist in " + module
                        + "; expected a folder or file that the adapter writes");
    }
}
