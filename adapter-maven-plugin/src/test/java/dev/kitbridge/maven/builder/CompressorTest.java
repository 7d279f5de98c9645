package dev.kitbridge.maven.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Encoding;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.NodeServer;
import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.process.ChildProcess;
import dev.kitbridge.maven.process.Scripts;
import dev.kitbridge.maven.recorded.RecordedLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs with any Node on {@code PATH}. */
class CompressorTest {

    private static final String WORDS = "Trim the wick before dusk. ".repeat(100);

    @TempDir
    Path temp;

    private final RecordedLog log = new RecordedLog();

    private final List<String> progress = new ArrayList<>();
    private NodeRuntime node;
    private Path site;

    @BeforeEach
    void node() throws IOException {
        Path found = Programs.system().find("node").orElse(null);
        assumeThat(found).as("a Node on PATH").isNotNull();
        node = new NodeRuntime(found, "PATH");
        site = Files.createDirectories(temp.toRealPath().resolve("the site"));
    }

    private void write(String file, String text) throws IOException {
        Path path = site.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private List<String> compress(Set<Encoding> encodings) throws IOException {
        return compress(site, encodings);
    }

    private List<String> compress(Path folder, Set<Encoding> encodings) throws IOException {
        Path scratch = temp.resolve("scratch");
        try (NodeServer server = new NodeServer(node, scratch, null)) {
            return new Compressor(server, scratch, progress::add).compress(folder, encodings, log);
        }
    }

    /** The cache of variants of the site. */
    private Path pack() throws IOException {
        try (Stream<Path> files = Files.list(temp.resolve("scratch/compress"))) {
            return files.filter(file -> file.toString().endsWith(".pack"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Replaces {@code variants} in the cache. */
    private void plant(String expression) throws IOException {
        node(
                """
                const fs = require('fs'), v8 = require('v8'), [, pack, wrong] = process.argv;
                const variants = v8.deserialize(fs.readFileSync(pack));
                const change = (make) => new Map([...variants].map(([name, made]) => [name, make(made)]));
                fs.writeFileSync(pack, %s);
                """
                        .formatted(expression),
                pack().toString(),
                site.resolve("other.html.gz").toString());
    }

    private String node(String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(node.executable().toString(), "-e", script));
        command.addAll(List.of(arguments));
        ChildProcess.Result result = new ChildProcess(command, temp, Map.of()).run();
        assertThat(result.succeeded()).as(result.text()).isTrue();
        return result.text();
    }

    private static String gunzip(Path file) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String decompress(String method, Path file) throws IOException {
        return node(
                "process.stdout.write(require('zlib')[process.argv[1]](require('fs').readFileSync(process.argv[2])))",
                method,
                file.toString());
    }

    @Test
    void variantsDecompressToTheirOriginals() throws IOException {
        write("index.html", WORDS);
        write("deep/a b/\u00fc.js", WORDS + "1");
        assertThat(compress(EnumSet.of(Encoding.GZIP, Encoding.BROTLI)))
                .containsExactly("deep/a b/\u00fc.js", "index.html");
        assertThat(gunzip(site.resolve("index.html.gz"))).isEqualTo(WORDS);
        assertThat(gunzip(site.resolve("deep/a b/\u00fc.js.gz"))).isEqualTo(WORDS + "1");
        assertThat(decompress("brotliDecompressSync", site.resolve("index.html.br")))
                .isEqualTo(WORDS);
        assertThat(site.resolve("index.html")).hasContent(WORDS);
    }

    @Test
    void onlyTextFilesHaveVariants() throws IOException {
        for (String file :
                List.of("a.html", "a.mjs", "a.json", "a.css", "a.svg", "a.xml", "a.wasm", "a.txt", "a.md", "a.mdx")) {
            write(file, WORDS);
        }
        for (String file : List.of("a.png", "b.html.gz", "txt", "json/md", ".css", "a.HTML")) write(file, WORDS);
        assertThat(compress(EnumSet.of(Encoding.GZIP)))
                .containsExactly(
                        "a.css", "a.html", "a.json", "a.md", "a.mdx", "a.mjs", "a.svg", "a.txt", "a.wasm", "a.xml");
    }

    @Test
    void aVariantThatIsNotSmallerIsNotWritten() throws IOException {
        write("tiny.txt", "x");
        write("empty.txt", "");
        assertThat(compress(EnumSet.of(Encoding.GZIP, Encoding.BROTLI))).isEmpty();
        assertThat(site.resolve("tiny.txt.gz")).doesNotExist();
        assertThat(site.resolve("tiny.txt.br")).doesNotExist();
    }

    @Test
    void withoutFilesOrEncodingsNothingHappens() throws IOException {
        assertThat(compress(EnumSet.of(Encoding.GZIP))).isEmpty();
        write("index.html", WORDS);
        assertThat(compress(EnumSet.noneOf(Encoding.class))).isEmpty();
        assertThat(compress(temp.resolve("missing"), EnumSet.of(Encoding.GZIP))).isEmpty();
    }

    @Test
    void variantsAreUsedAgain() throws IOException {
        write("index.html", WORDS);
        compress(EnumSet.of(Encoding.GZIP));
        // another variant of the same content: the cached variant is used
        byte[] other = Files.readAllBytes(site.resolve("index.html.gz"));
        other[9] = 7; // the operating system in the gzip header
        plant("v8.serialize(change((made) => (made[9] = 7, made)))");
        Files.delete(site.resolve("index.html.gz"));
        assertThat(compress(EnumSet.of(Encoding.GZIP))).containsExactly("index.html");
        assertThat(site.resolve("index.html.gz")).hasBinaryContent(other);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v8.serialize(change(() => fs.readFileSync(wrong)))",
                "v8.serialize(change(() => Buffer.from([1, 2, 3])))",
                "v8.serialize(change(() => Buffer.alloc(0)))",
                "v8.serialize(change(() => 'a text'))",
                "v8.serialize('no variants')",
                "v8.serialize(variants).subarray(0, -20)",
                "'no pack'",
                "''"
            })
    void aVariantOfSomethingElseIsNotTrusted(String planted) throws IOException {
        write("index.html", WORDS);
        write("other.html", WORDS.replace('T', 'P'));
        compress(EnumSet.of(Encoding.GZIP));
        plant(planted);
        Files.delete(site.resolve("other.html"));
        compress(EnumSet.of(Encoding.GZIP));
        assertThat(gunzip(site.resolve("index.html.gz"))).isEqualTo(WORDS);
    }

    @Test
    void variantsThatWereNotUsedAreForgotten() throws IOException {
        write("index.html", WORDS);
        write("old.html", WORDS + "old");
        compress(EnumSet.of(Encoding.GZIP));
        Files.delete(site.resolve("old.html"));
        compress(EnumSet.of(Encoding.GZIP));
        String size = "console.log(require('v8').deserialize(require('fs').readFileSync(process.argv[1])).size)";
        assertThat(node(size, pack().toString())).isEqualTo("1");
    }

    @Test
    void eachFolderHasAPackAndNothingElseIsLeft() throws IOException {
        write("index.html", WORDS);
        compress(EnumSet.of(Encoding.GZIP));
        site = Files.createDirectories(temp.resolve("another"));
        write("index.html", WORDS);
        compress(EnumSet.of(Encoding.GZIP));
        compress(EnumSet.of(Encoding.GZIP));
        try (Stream<Path> left = Files.list(temp.resolve("scratch/compress"))) {
            assertThat(left.map(file -> file.getFileName().toString().replaceAll("^[0-9a-f]{64}", "digest")))
                    .containsExactlyInAnyOrder("compress.mjs", "digest.pack", "digest.pack");
        }
    }

    @Test
    void zstdIsWrittenOrRejectedWithAFix() throws IOException {
        write("index.html", WORDS);
        ChildProcess.Result known = new ChildProcess(
                        List.of(node.executable().toString(), "-p", "typeof require('zlib').zstdCompress"),
                        temp,
                        Map.of())
                .run();
        if (known.text().equals("function")) {
            assertThat(compress(EnumSet.of(Encoding.ZSTD))).containsExactly("index.html");
            assertThat(decompress("zstdDecompressSync", site.resolve("index.html.zst")))
                    .isEqualTo(WORDS);
        } else {
            assertThatThrownBy(() -> compress(EnumSet.of(Encoding.ZSTD)))
                    .isInstanceOf(AdapterException.class)
                    .hasMessageContaining("has no zstd; it came with 22.15")
                    .hasMessageEndingWith("; set <nodeVersion>24</nodeVersion>, or leave zstd out");
            assertThat(site.resolve("index.html.zst")).doesNotExist();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFailureIsReportedWithTheOutputOfNode() throws IOException {
        write("index.html", WORDS);
        node = new NodeRuntime(Scripts.write(temp.resolve("bin"), "node", "echo out of memory >&2; exit 9"), "test");
        assertThatThrownBy(() -> compress(EnumSet.of(Encoding.GZIP)))
                .isInstanceOf(AdapterException.class)
                .hasMessage("Files in " + site + " could not be compressed: out of memory");
    }

    /** The app's own file may have any content. */
    @Test
    void aFileOfTheAppWithTheNameOfAVariantIsNotOverwritten() throws IOException {
        write("sitemap.xml", WORDS);
        write("sitemap.xml.gz", "the app's own");
        assertThat(compress(EnumSet.of(Encoding.GZIP, Encoding.BROTLI))).containsExactly("sitemap.xml");
        assertThat(site.resolve("sitemap.xml.gz")).hasContent("the app's own");
        assertThat(site.resolve("sitemap.xml.br")).exists();
    }

    @Test
    void aNameThatIsTooLongForAnExtensionHasNoVariant() throws IOException {
        write("x".repeat(251) + ".txt", WORDS);
        assertThat(compress(EnumSet.of(Encoding.GZIP))).isEmpty();
    }

    /** The file is sparse, so that the test is fast. */
    @Test
    void aFileThatIsTooLargeIsNamed() throws IOException {
        write("large.json", "");
        try (RandomAccessFile file =
                new RandomAccessFile(site.resolve("large.json").toFile(), "rw")) {
            file.setLength(2_200_000_000L);
        }
        write("small.json", WORDS);
        assertThat(compress(EnumSet.of(Encoding.GZIP))).containsExactly("small.json");
        assertThat(log.lines())
                .anyMatch(line -> line.contains("large.json is not compressed: it has 2098 MiB, more than 128"));
    }

    /** Reports after each tenth of the bytes. All files have one size, so that their order does not matter. */
    @Test
    void itReportsProgress() throws IOException {
        for (int i = 0; i < 40; i++) write(i + ".txt", String.valueOf(i % 10).repeat(50_000));
        compress(EnumSet.of(Encoding.GZIP));
        assertThat(progress)
                .hasSize(10)
                .startsWith("Compressed 4 of 40 files, 0.2 of 2.0 MB")
                .endsWith("Compressed 40 of 40 files, 2.0 of 2.0 MB");
    }
}
