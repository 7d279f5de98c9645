package dev.kitbridge.maven.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.maven.recorded.RecordedBuild;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Creates the report of a recorded build, in which each file contains its own name. */
class ReportTest {

    @TempDir
    Path temp;

    private Path module;
    private RecordedBuild build;
    private Path server;

    @BeforeEach
    void unpack() throws IOException {
        module = temp.toRealPath();
        build = RecordedBuild.unpack("kit3", module);
        server = module.resolve(build.record().serverDirectory());
    }

    private Report report(Map<String, List<Path>> outputs) throws IOException {
        return Report.of(build.record(), build.project(), Map.of("Kitbridge", "1.0"), outputs, List.of("a.Service"));
    }

    private Path write(String file, String text) throws IOException {
        Path path = module.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    /** The part of a server's node that kit writes. */
    private void node(String number, String imports, String stylesheets) throws IOException {
        Files.createDirectories(server.resolve("nodes"));
        Files.writeString(
                server.resolve("nodes/" + number + ".js"),
                "export const imports = " + imports + ";\nexport const stylesheets = " + stylesheets + ";\n");
    }

    private static ReportedRoute route(Report report, String id) {
        return report.routes().stream()
                .filter(route -> route.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPageLoadsWhatItsNodesName() throws IOException {
        write(".svelte-kit/output/client/_app/immutable/nodes/x.js", "x".repeat(3000));
        write(".svelte-kit/output/client/_app/immutable/assets/x.css", "y".repeat(30));
        String leaf = build.record().server().routes().stream()
                .filter(part -> part.id().equals("/about"))
                .findFirst()
                .orElseThrow()
                .leaf();
        node(leaf, "[\"_app/immutable/nodes/x.js\"]", "[\"_app/immutable/assets/x.css\"]");
        Report report = report(Map.of());
        List<String> loaded = route(report, "/about").loads().stream()
                .map(number -> report.files().get(number).name())
                .toList();
        assertThat(loaded)
                .contains("_app/immutable/nodes/x.js", "_app/immutable/assets/x.css")
                .anyMatch(name -> name.startsWith("_app/immutable/entry/start."));
        assertThat(route(report, "/notes.json").loads()).isEmpty();
        assertThat(report.files()).noneMatch(file -> file.name().startsWith(".vite"));
    }

    @Test
    void variantsAreThoseThatAdaptersMade() throws IOException {
        write(".svelte-kit/output/client/a.js", "a".repeat(1000));
        write(".svelte-kit/output/client/b.png", "b".repeat(1000));
        write("target/adapters/jvm/client/a.js.br", "b".repeat(7));
        Report report = report(Map.of("jvm", List.of(module.resolve("target/adapters/jvm"))));
        assertThat(report.files())
                .filteredOn(file -> file.name().equals("a.js"))
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.bytes()).isEqualTo(1000);
                    assertThat(file.gzip()).isBetween(10L, 50L);
                    assertThat(file.brotli()).isEqualTo(7);
                });
        assertThat(report.files()).contains(new ClientFile("b.png", 1000, -1, -1));
    }

    @Test
    void outputsAreMeasuredWithTheirLargestParts() throws IOException {
        write("target/adapters/jvm/client/a.js", "a".repeat(100));
        write("target/adapters/jvm/server.js", "a".repeat(10));
        write("target/kitbridge/jvm/runtime/node.gz", "intermediate");
        write("target/classes/META-INF/resources/index.html", "a".repeat(5));
        write("target/classes/META-INF/resources/_app/b.js", "a".repeat(6));
        write("target/classes/META-INF/resources/own.html", "not ours");
        Path jar = module.resolve("target/lighthouse-1.0-app.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("runtime/node"));
            zip.write("runtime".getBytes(StandardCharsets.UTF_8));
        }
        List<Path> written = List.of(
                jar,
                module.resolve("target/adapters/jvm"),
                module.resolve("target/kitbridge/jvm/runtime"),
                module.resolve("target/classes/META-INF/resources/index.html"),
                module.resolve("target/classes/META-INF/resources/_app"));
        List<AdapterOutput> outputs = report(Map.of("jvm", written)).outputs();
        assertThat(outputs)
                .extracting(AdapterOutput::path)
                .containsExactly(
                        "target/adapters/jvm", "target/classes/META-INF/resources", "target/lighthouse-1.0-app.jar");
        assertThat(outputs.get(0))
                .isEqualTo(new AdapterOutput(
                        "jvm", "target/adapters/jvm", 2, 110, List.of(new AdapterOutput.Part("client", 100))));
        assertThat(outputs.get(1).bytes()).isEqualTo(11);
        assertThat(outputs.get(2).parts()).extracting(AdapterOutput.Part::name).containsExactly("runtime");
    }

    @Test
    void theSummaryIsShort() throws IOException {
        write("target/adapters/static/index.html", "a".repeat(1234));
        List<String> lines = Summary.lines(report(Map.of("static", List.of(module.resolve("target/adapters/static")))));
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .matches("lighthouse 1\\.0: \\d+ routes \\(\\d+ pages\\), \\d+ prerendered paths, \\d+ client"
                        + " files of [\\d.]+ kB");
        assertThat(lines.get(1)).matches("  Most JavaScript: [\\d.]+ k?B \\(gzip\\) for /.*");
        assertThat(lines.get(2)).isEqualTo("  static: target/adapters/static, 1.2 kB");
    }

    @Test
    void theHtmlIsOneFileThatIsTheSameEachTimeButForTheTimes() throws IOException {
        Report report = report(Map.of());
        Path first = module.resolve("target/one.html");
        Path second = module.resolve("target/two.html");
        HtmlReport.write(first, report, Map.of("Vite build", Duration.ofMillis(1200)));
        HtmlReport.write(second, report(Map.of()), Map.of("Vite build", Duration.ofMillis(900)));
        String html = Files.readString(first);
        assertThat(html)
                .contains("<title>lighthouse 1.0 \u2013 build report</title>")
                .contains("\"a.Service\"")
                .doesNotContain("src=")
                .doesNotContain("href=")
                .doesNotContain(module.toString());
        assertThat(html.replace("{\"Vite build\":1200}", "{\"Vite build\":900}"))
                .isEqualTo(Files.readString(second));
    }

    @Test
    void aNameCannotEndTheScript() throws IOException {
        Report report = new Report(
                "a</script><b>", "1", "", Map.of(), 0, List.of(), List.of(), List.of(), List.of("</script>"));
        Path file = module.resolve("target/report.html");
        HtmlReport.write(file, report, Map.of("</script>", Duration.ZERO));
        assertThat(Files.readString(file).split("</script>", -1)).hasSize(4);
    }
}
