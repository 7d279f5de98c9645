package dev.kitbridge.adapters.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.test.AdaptedModule;
import dev.kitbridge.adapter.test.AttachedArtifact;
import dev.kitbridge.adapter.test.RecordedApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the adapter on a recorded build in which an adapter in JavaScript wrote some files. */
class NpmAdapterTest {

    @TempDir
    Path temp;

    private AdaptedModule adapted;
    private Path module;

    @BeforeEach
    void files() throws IOException {
        adapted = RecordedApp.KIT_3.in(temp);
        module = adapted.folder();
        for (String name : List.of(
                "build/index.js", "build/client/a.js", ".netlify/server/x.mjs", ".svelte-kit/edge/_worker.js")) {
            Path file = module.resolve(name);
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, name);
        }
    }

    private void adapt(boolean attach, boolean copy, List<String> outputs, String... written) throws IOException {
        adapted.javaScriptOutputs("edge", List.of(written));
        new NpmAdapter(new NpmOptions("ferry", null, null, attach, copy, outputs)).adapt(adapted.builder("edge"));
    }

    @Test
    void theOutputStaysWhereItIs() throws IOException {
        adapt(false, false, List.of(), ".netlify", "build");
        assertThat(adapted.attachments()).isEmpty();
        assertThat(adapted.outputs()).contains(module.resolve("build"), module.resolve(".netlify"));
        assertThat(adapted).output().hasExactlyFiles();
        assertThat(adapted.log()).anyMatch(line -> line.endsWith("ferry wrote .netlify, build"));
    }

    @Test
    void oneFolderIsCopiedWithItsOwnPaths() throws IOException {
        adapt(false, true, List.of(), ".svelte-kit/edge", "build");
        assertThat(adapted).output().hasExactlyFiles("client/a.js", "index.js");
    }

    @Test
    void severalFoldersAreCopiedWithTheirPathsInTheApp() throws IOException {
        adapt(false, true, List.of(), ".netlify", "build");
        assertThat(adapted).output().hasExactlyFiles(".netlify/server/x.mjs", "build/client/a.js", "build/index.js");
    }

    @Test
    void theArchiveIsAttachedAndReproducible() throws IOException {
        adapt(true, false, List.of(".svelte-kit/edge"), ".svelte-kit/edge", ".svelte-kit/edge-tmp");
        AttachedArtifact attached = adapted.attachments().get(0);
        assertThat(attached.type()).isEqualTo("zip");
        assertThat(attached.classifier()).isEqualTo("edge");
        assertThat(attached.file()).isEqualTo(module.resolve("target/lighthouse-1.0-edge.zip"));
        byte[] first = Files.readAllBytes(attached.file());
        assertThat(adapted).attachedArchive("zip", "edge").hasExactlyFiles("_worker.js");
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
