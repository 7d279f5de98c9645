package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Prerender;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.adapter.Supports;
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

/** Runs the adapter on a recorded build of an app that has prerendered routes and other ones. */
class ArchiveTest {

    @TempDir
    Path module;

    private final RecordedLog log = new RecordedLog();
    private KitBuilder builder;

    @BeforeEach
    void unpackRecordedBuild() throws IOException {
        builder = RecordedBuild.unpack("kit3", module).builder("archive", log);
    }

    private static Archive archive(String fallback) {
        return new Archive(new ArchiveOptions("harbour", fallback, true));
    }

    @Test
    void packsFilesPagesAndFallback() throws IOException {
        archive("200.html").adapt(builder);

        KitBuilder.Attachment attached = builder.attachments().get(0);
        assertEquals("zip", attached.type());
        assertEquals("site", attached.classifier());
        assertEquals("harbour.zip", attached.file().getFileName().toString());
        try (ZipFile zip = new ZipFile(attached.file().toFile())) {
            for (String name : List.of("robots.txt", "index.html", "about.html", "about.html.br", "200.html")) {
                assertNotNull(zip.getEntry(name), name);
            }
        }
        assertTrue(log.lines().get(0).endsWith("harbour.zip"));
    }

    @Test
    void rejectsRoutesThatNeedAServer() {
        AdapterException exception = assertThrows(AdapterException.class, () -> archive(null).adapt(builder));
        String message = exception.getMessage();
        assertTrue(message.contains("\n  - src/routes/blog/[slug]\n"), message);
        assertTrue(message.contains("<fallback>200.html</fallback>"), message);
        assertEquals(List.of(), builder.attachments());
    }

    @Test
    void doesNotSupportReadOnAServer() {
        RouteDefinition route = builder.routes().get(0);
        Supports.Answer answer = archive(null).supports().read(route);
        assertFalse(answer.supported());
        assertTrue(answer.reason().contains("src/routes" + route.id()), answer.reason());
    }

    @Test
    void providesThePlatformForPrerendering() {
        assertEquals(Map.of("archive", "harbour"), archive(null).emulate().platform(Map.of(), Prerender.TRUE));
    }
}
