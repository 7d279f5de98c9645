package dev.kitbridge.maven.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Encoding;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.process.Child;
import dev.kitbridge.maven.process.Scripts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
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

/** With the Node on {@code PATH}, whichever that is. */
class CompressorTest {

    private static final String WORDS = "Trim the wick before dusk. ".repeat(100);

    @TempDir
    Path temp;

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
        return new Compressor(node, temp.resolve("scratch")).compress(site, encodings);
    }

    private Path variant(String extension) throws IOException {
        try (Stream<Path> variants = Files.list(temp.resolve("scratch/variants"))) {
            return variants.filter(file -> file.toString().endsWith(extension))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String gunzip(Path file) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String decompress(String method, Path file) throws IOException {
        String script =
                "process.stdout.write(require('zlib')[process.argv[1]](require('fs').readFileSync(process.argv[2])))";
        Child.Result result = new Child(
                        List.of(node.executable().toString(), "-e", script, method, file.toString()), temp, Map.of())
                .run();
        assertThat(result.succeeded()).as(result.text()).isTrue();
        return result.text();
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
        for (String file : List.of("a.png", "a.html.gz", "txt", "json/md", ".css", "a.HTML")) write(file, WORDS);
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
        assertThat(new Compressor(node, temp.resolve("scratch"))
                        .compress(temp.resolve("missing"), EnumSet.of(Encoding.GZIP)))
                .isEmpty();
    }

    @Test
    void variantsAreUsedAgain() throws IOException {
        write("index.html", WORDS);
        compress(EnumSet.of(Encoding.GZIP));
        // another variant of the same content: what lies in the cache is taken, and not made anew
        Path cached = variant(".gz");
        byte[] other = Files.readAllBytes(cached);
        other[9] = (byte) (other[9] == 3 ? 7 : 3); // the header's operating system
        Files.write(cached, other);
        Files.delete(site.resolve("index.html.gz"));
        assertThat(compress(EnumSet.of(Encoding.GZIP))).containsExactly("index.html");
        assertThat(site.resolve("index.html.gz")).hasBinaryContent(other);
    }

    @Test
    void aVariantOfSomethingElseIsNotTrusted() throws IOException {
        write("index.html", WORDS);
        write("other.html", WORDS.replace('T', 'P'));
        compress(EnumSet.of(Encoding.GZIP));
        byte[] wrong = Files.readAllBytes(site.resolve("other.html.gz"));
        Files.delete(site.resolve("other.html"));
        Path cached = variant(".gz");
        for (byte[] planted : List.of(wrong, new byte[] {1, 2, 3}, new byte[0])) {
            try (Stream<Path> variants = Files.list(cached.getParent())) {
                for (Path variant : variants.toList()) Files.write(variant, planted);
            }
            compress(EnumSet.of(Encoding.GZIP));
            assertThat(gunzip(site.resolve("index.html.gz"))).isEqualTo(WORDS);
        }
    }

    @Test
    void variantsThatNoBuildAskedForAreForgotten() throws IOException {
        write("index.html", WORDS);
        compress(EnumSet.of(Encoding.GZIP));
        Path old = Files.writeString(variant(".gz").resolveSibling("old.gz"), "");
        Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));
        compress(EnumSet.of(Encoding.GZIP));
        assertThat(old).doesNotExist();
        assertThat(variant(".gz")).exists();
    }

    @Test
    void nothingIsLeftOfARequest() throws IOException {
        write("index.html", WORDS);
        compress(EnumSet.of(Encoding.GZIP));
        try (Stream<Path> left = Files.list(temp.resolve("scratch/compress"))) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly("compress.mjs");
        }
    }

    @Test
    void zstdIsWrittenOrRefusedWithTheSettingThatHelps() throws IOException {
        write("index.html", WORDS);
        Child.Result known = new Child(
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
    void aFailureIsShownWithWhatNodeSaid() throws IOException {
        write("index.html", WORDS);
        node = new NodeRuntime(Scripts.write(temp.resolve("bin"), "node", "echo out of memory >&2; exit 9"), "test");
        assertThatThrownBy(() -> compress(EnumSet.of(Encoding.GZIP)))
                .isInstanceOf(AdapterException.class)
                .hasMessage("Files in " + site + " could not be compressed: out of memory");
    }
}
