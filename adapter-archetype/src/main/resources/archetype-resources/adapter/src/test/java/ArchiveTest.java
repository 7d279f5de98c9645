package ${package};

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.adapter.Supports;
import dev.kitbridge.adapter.test.AdaptedModule;
import dev.kitbridge.adapter.test.AdapterTest;
import java.io.IOException;
import java.util.Map;

/** Runs the adapter on recorded builds of an app that has prerendered routes and other ones. */
class ArchiveTest {

    private static Archive archive(String fallback) {
        return new Archive(new ArchiveOptions("harbour", fallback, true));
    }

    @AdapterTest
    void packsFilesPagesAndFallback(AdaptedModule module) throws IOException {
        module.adapt(archive("200.html"));

        assertThat(module).hasFile("harbour.zip").logged("harbour.zip");
        assertThat(module)
                .attachedArchive("zip", "site")
                .hasFile("robots.txt", "index.html", "about.html", "about.html.br", "200.html");
    }

    @AdapterTest
    void rejectsRoutesThatNeedAServer(AdaptedModule module) {
        assertThatThrownBy(() -> module.adapt(archive(null)))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("\n  - src/routes/blog/[slug]\n")
                .hasMessageContaining("<fallback>200.html</fallback>");
        assertThat(module).hasNoAttachment();
    }

    @AdapterTest
    void doesNotSupportReadOnAServer(AdaptedModule module) {
        RouteDefinition route = module.route("/files/[...path]");
        Supports.Answer answer = archive(null).supports().read(route);
        assertThat(answer.supported()).isFalse();
        assertThat(answer.reason()).contains("src/routes" + route.id());
    }

    @AdapterTest
    void providesThePlatformForPrerendering(AdaptedModule module) {
        assertThat(module.platform(archive(null), "/about")).isEqualTo(Map.of("archive", "harbour"));
    }
}
