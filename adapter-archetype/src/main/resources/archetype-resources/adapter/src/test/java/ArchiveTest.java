package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Prerender;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.adapter.Support;
import dev.kitbridge.maven.builder.KitBuilder;
import dev.kitbridge.maven.recorded.RecordedBuild;
import dev.kitbridge.maven.recorded.RecordedLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a recorded build of an app in which some routes are prerendered and some are not. */
class ArchiveTest {

    @TempDir
    Path module;

    private final RecordedLog log = new RecordedLog();
    private KitBuilder builder;

    @BeforeEach
    void build() throws IOException {
        builder = RecordedBuild.unpack("kit3", module).builder("archive", log);
    }

    private static Archive archive(String fallback) {
        return new Archive(new ArchiveOptions("harbour", fallback, true));
    }

    @Test
    void packsFilesPagesAndTheFallback() throws IOException {
        archive("200.html").adapt(builder);

        KitBuilder.Attachment attached = builder.attachments().get(0);
        assertEquals("zip", attached.type());
        assertEquals("site", attached.classifier());
        assertEquals("harbour.zip", attached.file().getFileName().toString());
        try (ZipFile zip = new ZipFile(attached.file().toFile())) {
            for (String name : List.of("robots.txt", "index.html", "about.html", "about.html.br", "200.html")) {
                assertTrue(zip.getEntry(name) != null, name);
            }
        }
        assertTrue(log.lines().get(0).endsWith("harbour.zip"));
    }

    @Test
    void namesTheRoutesThatNeedAServer() {
        AdapterException refusal = assertThrows(AdapterException.class, () -> archive(null).adapt(builder));
        assertTrue(refusal.getMessage().contains("\n  - src/routes/blog/[slug]\n"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("<fallback>200.html</fallback>"), refusal.getMessage());
        assertEquals(List.of(), builder.attachments());
    }

    @Test
    void refusesToReadWithoutAServer() {
        RouteDefinition route = builder.routes().get(0);
        Support answer = archive(null).supports().read(route);
        assertTrue(assertInstanceOf(Support.Refused.class, answer).reason().contains("src/routes" + route.id()));
    }

    @Test
    void saysItsNameToPages() {
        assertEquals(Map.of("archive", "harbour"), archive(null).emulate().platform(Map.of(), Prerender.TRUE));
    }
}
