package dev.kitbridge.server.internal.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.internal.site.SiteFile;
import dev.kitbridge.server.internal.site.SiteFile.Encoding;
import dev.kitbridge.server.internal.site.SiteFile.Variant;
import dev.kitbridge.server.internal.site.SiteManifest;
import dev.kitbridge.server.internal.site.SiteManifest.Redirect;
import dev.kitbridge.server.internal.site.SitePack;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssetTableTest {

    private static final SiteManifest SITE = new SiteManifest(
            "3.2.0",
            "1",
            "",
            "",
            "_app",
            "",
            "",
            List.of(
                    new SiteFile(
                            List.of("/a.txt"),
                            "client/a.txt",
                            10,
                            "D",
                            "text/plain",
                            false,
                            List.of(new Variant(Encoding.BR, 4), new Variant(Encoding.GZIP, 6))),
                    file("/_app/x.js", "client/_app/x.js", 1, true),
                    file("/large", "client/large", 300_000, false),
                    file("/b c.txt", "client/b c.txt", 3, false),
                    file("/gone", "client/gone", 3, false)),
            List.of(new Redirect("/about/", 308, "../about"), new Redirect("/old", 301, "https://example.com/new")));

    @TempDir
    static Path folder;

    private static AssetTable table;

    @BeforeAll
    static void write() throws IOException {
        Files.createDirectories(folder.resolve("client/_app"));
        Files.writeString(folder.resolve("client/a.txt"), "0123456789");
        Files.writeString(folder.resolve("client/a.txt.br"), "brbr");
        Files.writeString(folder.resolve("client/a.txt.gz"), "gzgzgz");
        Files.writeString(folder.resolve("client/_app/x.js"), "x");
        Files.write(folder.resolve("client/large"), new byte[300_000]);
        Files.writeString(folder.resolve("client/b c.txt"), "b c");
        Files.writeString(folder.resolve("secret.txt"), "secret");
        table = AssetTable.of(SITE, folder);
    }

    private static SiteFile file(String path, String name, long size, boolean immutable) {
        return new SiteFile(List.of(path), name, size, "D", "", immutable, List.of());
    }

    private static Response respond(String method, String target, String... headers) {
        Request request = Request.of(method, "https://example.com", target, Headers.of(headers), null);
        Response response = table.respond(request);
        return response == null ? new Response(0, Headers.EMPTY, Body.EMPTY, Response.Source.SERVER) : response;
    }

    private static Response get(String target, String... headers) {
        return respond("GET", target, headers);
    }

    private static String text(Response response) {
        return response.body() instanceof Body.Bytes bytes
                ? StandardCharsets.UTF_8.decode(bytes.buffer()).toString()
                : String.valueOf(response.body());
    }

    @Test
    void aFileWithItsHeaders() {
        Response response = get("/a.txt?query");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers())
                .hasToString("etag: \"D\"\nvary: Accept-Encoding\naccept-ranges: bytes\ncontent-type: text/plain\n"
                        + "content-length: 10\n");
        assertThat(text(response)).isEqualTo("0123456789");
        assertThat(get("/a.txt").headers()).isSameAs(response.headers());
    }

    @Test
    void aCompressedFormHasItsOwnTagAndLength() {
        Response response = get("/a.txt", "accept-encoding", "gzip, br");
        assertThat(response.headers())
                .hasToString("etag: \"D.br\"\nvary: Accept-Encoding\naccept-ranges: bytes\ncontent-type: text/plain\n"
                        + "content-encoding: br\ncontent-length: 4\n");
        assertThat(text(response)).isEqualTo("brbr");
    }

    @Test
    void oneFormNeedsNoVary() {
        Response response = get("/_app/x.js", "accept-encoding", "br");
        assertThat(response.headers())
                .hasToString("etag: \"D\"\ncache-control: public,max-age=31536000,immutable\naccept-ranges: bytes\n"
                        + "content-length: 1\n");
    }

    @Test
    void aLargeFileIsNotHeldInMemory() {
        assertThat(get("/large").body()).isEqualTo(new Body.FileRange(folder.resolve("client/large"), 0, 300_000));
        Response part = get("/large", "range", "bytes=100000-199999");
        assertThat(part.body()).isEqualTo(new Body.FileRange(folder.resolve("client/large"), 100_000, 100_000));
    }

    @Test
    void packedFilesGetTheSameResponses(@TempDir Path packed) throws IOException {
        Path pack = packed.resolve("site.pack");
        try (OutputStream out = Files.newOutputStream(pack)) {
            for (String name : SitePack.layout(SITE).parts().keySet()) {
                if (name.equals("client/gone")) out.write("end".getBytes(StandardCharsets.UTF_8));
                else Files.copy(folder.resolve(name), out);
            }
        }
        AssetTable other = AssetTable.of(SITE, packed);
        for (String target : List.of("/a.txt", "/_app/x.js", "/b%20c.txt")) {
            for (String encoding : List.of("identity", "br", "gzip")) {
                for (String range : List.of("none", "bytes=1-2")) {
                    Headers headers = Headers.of("accept-encoding", encoding, "range", range);
                    Request request = Request.get("https://example.com", target, headers);
                    Response expected = table.respond(request);
                    Response response = other.respond(request);
                    assertThat(response.headers())
                            .hasToString(expected.headers().toString());
                    assertThat(response.body()).isEqualTo(expected.body());
                }
            }
        }
        Request part = Request.get("https://example.com", "/large", Headers.of("range", "bytes=100000-199999"));
        assertThat(other.respond(part).body()).isEqualTo(new Body.FileRange(pack, 10 + 4 + 6 + 1 + 100_000, 100_000));
        Request last = Request.get("https://example.com", "/gone", Headers.EMPTY);
        assertThat(text(other.respond(last))).isEqualTo("end");

        try (FileChannel channel = FileChannel.open(pack, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 1);
        }
        assertThatThrownBy(() -> AssetTable.of(SITE, packed))
                .isInstanceOf(IOException.class)
                .hasMessage(pack + " has 300026 bytes, but the files of site.bin have 300027");

        // truncated while the table is in use: cached files are still served, others are rejected
        Files.write(pack, new byte[100]);
        assertThat(text(other.respond(Request.get("https://example.com", "/a.txt", Headers.EMPTY))))
                .isEqualTo("0123456789");
        Request large = Request.get("https://example.com", "/large", Headers.EMPTY);
        for (Request each : List.of(large, part)) {
            assertThatThrownBy(() -> other.respond(each))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage(
                            pack + " cannot be read: it has 100 bytes, expected 300021 or more; it was changed while"
                                    + " the server runs");
        }
    }

    @Test
    void aDeletedFileIsAnError() {
        assertThatThrownBy(() -> get("/gone"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("client/gone");
    }

    @Test
    void headHasTheSameHeaders() {
        Response response = respond("HEAD", "/a.txt", "range", "bytes=0-1");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).isEqualTo(get("/a.txt").headers());
        assertThat(response.body().length()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "get"})
    void otherMethodsAreNotAllowed(String method) {
        Response response = respond(method, "/a.txt");
        assertThat(response.status()).isEqualTo(405);
        assertThat(response.headers().first("allow")).isEqualTo("GET, HEAD");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"D\"', 304",
        "'W/\"D\"', 304",
        "'*', 304",
        "'\"x\", \"D\"', 304",
        "'\"x\",W/\"D\"', 304",
        "' * ', 304",
        "'\"x\" , *', 200",
        "'\"x\"', 200",
        "'D', 200",
        "'\"d\"', 200",
        "'\"D.br\"', 200",
        "'', 200",
    })
    void ifNoneMatch(String tags, int status) {
        Response response = get("/a.txt", "if-none-match", tags);
        assertThat(response.status()).isEqualTo(status);
        if (status == 304) {
            assertThat(response.headers()).hasToString("etag: \"D\"\nvary: Accept-Encoding\n");
            assertThat(response.body().length()).isZero();
        }
    }

    @Test
    void aTagIsThatOfTheChosenForm() {
        assertThat(get("/a.txt", "accept-encoding", "br", "if-none-match", "\"D.br\"")
                        .status())
                .isEqualTo(304);
        assertThat(get("/a.txt", "accept-encoding", "br", "if-none-match", "\"D\"")
                        .status())
                .isEqualTo(200);
    }

    /** Responses have no Last-Modified: a file's time is the time of the build, not of a change. */
    @Test
    void ifModifiedSinceAloneIsAnsweredInFull() {
        Response response = get("/a.txt", "if-modified-since", "Sat, 21 Nov 2099 12:00:00 GMT");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers().first("last-modified")).isNull();
    }

    @Test
    void aNotModifiedFileHasNoRange() {
        assertThat(get("/a.txt", "if-none-match", "\"D\"", "range", "bytes=0-1").status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource({"bytes=2-4, 234, 2-4", "bytes=-3, 789, 7-9", "bytes=8-, 89, 8-9", "bytes=0-99, 0123456789, 0-9"})
    void range(String range, String text, String sent) {
        Response response = get("/a.txt", "range", range);
        assertThat(response.status()).isEqualTo(206);
        assertThat(text(response)).isEqualTo(text);
        assertThat(response.headers().first("content-range")).isEqualTo("bytes " + sent + "/10");
        assertThat(response.headers().all("content-length")).containsExactly(String.valueOf(text.length()));
        assertThat(response.headers().first("etag")).isEqualTo("\"D\"");
    }

    @Test
    void aRangeThatCannotBeSatisfied() {
        Response response = get("/a.txt", "range", "bytes=10-");
        assertThat(response.status()).isEqualTo(416);
        assertThat(response.headers().first("content-range")).isEqualTo("bytes */10");
    }

    @ParameterizedTest
    @CsvSource({"'\"D\"', 206", "'W/\"D\"', 200", "'\"x\"', 200", "'Sat, 21 Nov 2026 12:00:00 GMT', 200"})
    void ifRange(String value, int status) {
        assertThat(get("/a.txt", "range", "bytes=0-1", "if-range", value).status())
                .isEqualTo(status);
    }

    @Test
    void redirectsKeepTheQueryWhereTheyAreRelative() {
        Response response = get("/about/?a=1&b=%20");
        assertThat(response.status()).isEqualTo(308);
        assertThat(response.headers().first("location")).isEqualTo("../about?a=1&b=%20");
        assertThat(get("/old?a=1").headers().first("location")).isEqualTo("https://example.com/new");
        assertThat(respond("HEAD", "/about/").status()).isEqualTo(308);
        assertThat(respond("POST", "/about/").status()).isEqualTo(405);
    }

    @Test
    void pathsAreDecoded() {
        assertThat(get("/b%20c.txt").status()).isEqualTo(200);
        assertThat(get("/%61.txt").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/secret.txt",
                "/../secret.txt",
                "/_app/../../secret.txt",
                "/%2e%2e/secret.txt",
                "/_app/%2e%2e/%2e%2e/secret.txt",
                "/%2e%2e%2fsecret.txt",
                "/..%5csecret.txt",
                "/..\\secret.txt",
                "/%252e%252e/secret.txt",
                "/a.txt%00",
                "/a.txt%00.html",
                "/a.txt/",
                "//a.txt",
                "/./a.txt",
                "/_app/../a.txt",
                "/_app%2fx.js",
                "/A.TXT",
                "/a.txt.br",
                "/a.txt;x",
                "/a%2etxt%",
                "/client/a.txt",
                "/site.bin",
                "/*",
                "/http://example.com/a.txt",
                "/",
            })
    void nothingElseIsReachable(String target) {
        assertThat(get(target).status()).isZero();
    }

    /** A front caches headers by the identity of the object. */
    @Test
    void theHeadersOfAWholeFileAreOneObject() {
        assertThat(respond("HEAD", "/a.txt").headers()).isSameAs(get("/a.txt").headers());
        Headers notModified = get("/a.txt", "if-none-match", "*").headers();
        assertThat(get("/a.txt", "if-none-match", "\"D\"").headers()).isSameAs(notModified);
    }
}
