package dev.kitbridge.adapter.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Prerender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdaptedModuleTest {

    @AdapterTest
    void anAdapterRunsOnEachApp(AdaptedModule module, RecordedApp app) throws IOException {
        module.adapt(new Lighthouse());
        assertThat(module)
                .hasFile("client/robots.txt", "server.js")
                .hasNoFile("client/other.txt")
                .hasAttachment("jar", "lamp")
                .logged("warn The lamp is off");
        assertThat(module).output().hasServerManifest("server.js", "/blog/[slug]", "/(shop)/cart");
        assertThat(module)
                .attachedArchive("jar", "lamp")
                .hasExactlyFiles("META-INF/MANIFEST.MF", "lamp/Main.class")
                .hasJarManifestEntry("Main-Class", "lamp.Main");
        assertThat(module.outputs())
                .containsExactly(module.output(), module.folder().resolve("target/lamp.jar"));
        Builder builder = module.builder("other");
        assertThat(builder.config().appDir()).isEqualTo("_app");
        assertThat(app.resource()).isEqualTo(app == RecordedApp.KIT_3 ? "kit3" : "kit2");
    }

    /** Kit serializes the platform on its way to the app. */
    @AdapterTest(RecordedApp.KIT_3)
    void aRequestGetsThePlatformAsJson(AdaptedModule module) {
        Map<String, Object> platform = module.platform(new Lighthouse(), "/blog/[slug]");
        assertThat(platform).containsEntry("lamp", List.of(1, 2)).containsKey("config");
        assertThat(platform.get("prerender")).isInstanceOf(String.class).isNotEqualTo(Prerender.AUTO);
        assertThatThrownBy(() -> module.platform(new Lighthouse(), "/blog"))
                .hasMessageStartingWith("The app has no route '/blog'; it has [/, /about, /blog/[slug], ");
        Adapter without = new Adapter() {

            @Override
            public String name() {
                return "without";
            }

            @Override
            public void adapt(Builder builder) {}
        };
        assertThat(module.platform(without, "/about")).isEmpty();
    }

    @AdapterTest(RecordedApp.KIT_3)
    void theModuleIsAsTheTestSetsIt(AdaptedModule module) throws IOException {
        Path jar = Files.writeString(module.folder().resolve("lighthouse.jar"), "");
        Builder builder = module.packaging("war")
                .mainArtifact(jar)
                .javaScriptOutputs("edge", List.of("build"))
                .builder("edge");
        assertThat(builder.project().packaging()).isEqualTo("war");
        assertThat(builder.project().mainArtifact()).isEqualTo(jar);
        assertThat(builder.javaScriptOutputs()).containsExactly(module.folder().resolve("build"));
        assertThat(module.javaScriptOutputs("edge", List.of("a", "b"))
                        .builder("edge")
                        .javaScriptOutputs())
                .hasSize(2);
    }

    @AdapterTest(RecordedApp.KIT_3)
    void aDownloadThatTheTestDoesNotProvideFails(AdaptedModule module) throws IOException {
        Builder builder = module.builder("edge");
        assertThat(builder.previousReleases(1, "zip", "site")).isEmpty();
        assertThatThrownBy(() -> builder.artifact("org.example", "lamp", "1"))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("org.example:lamp:1")
                .hasMessageContaining("AdaptedModule.downloads");
    }

    /** An adapter for files accepts these apps without a fallback. */
    @AdapterTest({RecordedApp.KIT_3_SITE, RecordedApp.KIT_2_SITE})
    void aSiteIsPrerenderedWholly(AdaptedModule module) throws IOException {
        Builder builder = module.builder("site");
        assertThat(builder.config().base()).isEqualTo("/guide");
        assertThat(builder.routes()).hasSize(3).allMatch(route -> route.prerender() == Prerender.TRUE);
        builder.writePrerendered(builder.outputDirectory());
        assertThat(module).hasFile("index.html", "piers/first.html", "feed.xml");
    }

    @Test
    void itNeedsNoExtension(@TempDir Path folder) throws IOException {
        AdaptedModule module = RecordedApp.KIT_2.in(folder);
        assertThatThrownBy(module::output).hasMessage("no adapter has run; call adapt first");
        module.adapt(new Lighthouse());
        assertThat(module).tree("target").hasFile("adapters/lighthouse/server.js", "lamp.jar");
    }
}
