package dev.kitbridge.server.internal.assets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.internal.site.SiteFile;
import dev.kitbridge.server.internal.site.SiteFile.Encoding;
import dev.kitbridge.server.internal.site.SiteFile.Variant;
import dev.kitbridge.server.internal.site.SiteManifest;
import dev.kitbridge.server.internal.site.SitePack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in one pack, each at its offset. */
class PackedFilesTest {

    private static SiteFile file(String path, String name, long size) {
        return new SiteFile(List.of(path), name, size, "D", "", false, List.of());
    }

    private static String text(Response response) {
        return StandardCharsets.UTF_8
                .decode(((Body.Bytes) response.body()).buffer())
                .toString();
    }

    /** The file is sparse, and takes no time. */
    @Test
    void aFileMayBeLargerThanAnArray(@TempDir Path folder) throws IOException {
        long size = 5L << 30;
        SiteManifest site = new SiteManifest(
                "3.2.0",
                "1",
                "",
                "",
                "_app",
                "",
                "",
                List.of(file("/huge", "client/huge", size), file("/last", "client/last", 3)),
                List.of());
        Path pack = folder.resolve("site.pack");
        try (FileChannel channel = FileChannel.open(
                pack, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap("end".getBytes(StandardCharsets.UTF_8)), size);
        }
        AssetTable other = AssetTable.of(site, folder);

        Response whole = other.respond(Request.get("https://example.com", "/huge", Headers.EMPTY));
        assertThat(whole.headers().first("content-length")).isEqualTo(String.valueOf(size));
        assertThat(whole.body()).isEqualTo(new Body.FileRange(pack, 0, size));
        Response part = other.respond(
                Request.get("https://example.com", "/huge", Headers.of("range", "bytes=4294967296-4294967305")));
        assertThat(part.headers().first("content-range")).isEqualTo("bytes 4294967296-4294967305/" + size);
        assertThat(part.body()).isEqualTo(new Body.FileRange(pack, 1L << 32, 10));
        assertThat(text(other.respond(Request.get("https://example.com", "/last", Headers.EMPTY))))
                .isEqualTo("end");
    }

    /** {@code sitemap.xml.gz} is served under its own path, and is a variant of {@code sitemap.xml}. */
    @Test
    void aFileMayBeAnothersCompressedForm(@TempDir Path folder) throws IOException {
        SiteManifest site = new SiteManifest(
                "3.2.0",
                "1",
                "",
                "",
                "_app",
                "",
                "",
                List.of(
                        new SiteFile(
                                List.of("/s.xml"),
                                "client/s.xml",
                                5,
                                "D",
                                "",
                                false,
                                List.of(new Variant(Encoding.GZIP, 2))),
                        file("/s.xml.gz", "client/s.xml.gz", 2),
                        file("/z", "client/z", 1)),
                List.of());
        assertThat(SitePack.layout(site).size()).isEqualTo(8);
        Files.writeString(folder.resolve("site.pack"), "<xml>gzz");
        AssetTable other = AssetTable.of(site, folder);

        assertThat(text(other.respond(Request.get("https://example.com", "/s.xml", Headers.EMPTY))))
                .isEqualTo("<xml>");
        assertThat(text(other.respond(
                        Request.get("https://example.com", "/s.xml", Headers.of("accept-encoding", "gzip")))))
                .isEqualTo("gz");
        assertThat(text(other.respond(Request.get("https://example.com", "/s.xml.gz", Headers.EMPTY))))
                .isEqualTo("gz");
        assertThat(text(other.respond(Request.get("https://example.com", "/z", Headers.EMPTY))))
                .isEqualTo("z");
    }
}
