package dev.kitbridge.server;

import static dev.kitbridge.server.Requests.answer;
import static dev.kitbridge.server.TestApp.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** For every answer of an app, valid or not, the client gets a response, and the worker keeps running. */
class AnswersTest {

    @TempDir
    static Path folder;

    private static TestApp app;
    private static Server server;
    private static String pid;

    @BeforeAll
    static void open() throws Exception {
        app = TestApp.in(folder);
        server = app.open(app.init());
        pid = text(answer(server, "/pid"));
    }

    @AfterAll
    static void close() throws Exception {
        assertThat(text(answer(server, "/pid"))).as("the first worker").isEqualTo(pid);
        Await.until("the end of all requests", () -> server.figures().runningRequests() == 0);
        server.close();
    }

    private static Response ask(String name) {
        return answer(server, "/answers?" + name);
    }

    private static Response head(String name) {
        return answer(server, Request.of("HEAD", Requests.ORIGIN, "/answers?" + name, Headers.EMPTY, null));
    }

    /** Returns the bytes before the body failed. */
    private static String broken(Response response) throws Exception {
        Collector collector = Collector.of(response);
        try {
            collector.ended.get(TestApp.LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return new String(collector.content(), StandardCharsets.UTF_8);
        }
        throw new AssertionError("the body is whole: " + text(response));
    }

    private static void awaitLog(String part) throws InterruptedException {
        Await.until("the log line '" + part + "'", () -> app.output.stream().anyMatch(line -> line.contains(part)));
    }

    /** One frame for each chunk took quadratic time. */
    @Test
    @Timeout(20)
    void aStreamMayConsistOfSingleBytes() {
        assertThat(text(answer(server, "/bytes?300000"))).hasSize(300_000);
    }

    @ParameterizedTest
    @CsvSource({
        "chunk-text, größe bytes €",
        "chunk-text-late, one two three",
        "chunk-lies, three",
        "bytes, bytes",
        "framing, twelve bytes",
        "headers-40k, twelve bytes",
        "length-right-late, one two",
    })
    void responsesThatNodeSendsAreSent(String name, String body) {
        Response response = ask(name);
        assertThat(response.status()).isEqualTo(200);
        assertThat(text(response)).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource({
        "chunk-number, is a number; expected a string or a Uint8Array",
        "chunk-null, is null; expected",
        "chunk-undefined, is undefined; expected",
        "chunk-object, is Object; expected",
        "chunk-bigint, is a bigint; expected",
        "chunk-symbol, is a symbol; expected",
        "chunk-array-buffer, is ArrayBuffer; expected",
        "chunk-uint16, is Uint16Array; expected",
        "chunk-detached, was transferred or resized before it was sent",
        "error-at-once, broke at once",
        "error-odd, an error that cannot be formatted",
        "status-0, has the status 0; expected 200 to 999",
        "status-101, has the status 101; expected",
        "status-1000, has the status 1000; expected",
        "status-symbol, Cannot convert a Symbol value",
        "control, The response header x-test holds the character U+001F",
        "headers-line, holds the character U+000D",
        "headers-wide, holds the character U+010D",
        "headers-nul, holds the character U+0000",
        "headers-name, which is not a token",
        "headers-undefined, The response header x-test is undefined",
        "headers-plain, is not iterable",
        "headers-70k, bytes; RESPONSE_HEADERS_LIMIT allows 65536",
        "locked, was read before the response was returned",
        "object, is not a function",
        "text, has the status NaN",
        "null, null",
        "body-throws, no body",
        "reader-odd, is undefined; expected",
        "reader-throws, cannot read",
    })
    void anInvalidResponseIs500AndLogged(String name, String reason) throws Exception {
        Response response = ask(name);
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.headers().toString()).isEqualTo("content-type: text/plain\ncontent-length: 14\n");
        assertThat(text(response)).isEqualTo("Internal Error");
        awaitLog("The answer to GET /answers failed:");
        awaitLog(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "chunk-number-late, 'one ', is a number; expected",
        "error-late, 'one ', broke later",
        "length-small-late, 'one ', has more bytes than its content-length",
        "length-large-late, 'one two', ended 93 bytes before its content-length",
    })
    void aFailureAfterTheHeadTruncatesTheBodyAndIsLogged(String name, String before, String reason) throws Exception {
        Response response = ask(name);
        assertThat(response.status()).isEqualTo(200);
        assertThat(before).startsWith(broken(response));
        awaitLog(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "length-abc, 12, the content-length 'abc'",
        "length-negative, 12, the content-length '-5'",
        "length-twice, 12, 'the content-length ''12, 12'''",
        "length-huge, 12, the content-length '99999999999999999999'",
        "length-small, 12, 'the content-length 3, but its body has 12 bytes'",
        "length-large, 12, 'the content-length 100, but its body has 12 bytes'",
        "length-null, 0, 'the content-length 5, but its body has 0 bytes'",
        "length-abc-late, , the content-length 'abc'",
        "length-smaller-late, , 'the content-length 3, but its body has 4 bytes already'",
    })
    void anUntrueLengthIsCorrectedAndLogged(String name, String sent, String line) throws Exception {
        Response response = ask(name);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers().first("content-length")).isEqualTo(sent);
        assertThat(text(response)).isEqualTo(sent == null ? "one two" : sent.equals("0") ? "" : "twelve bytes");
        awaitLog(line);
    }

    @ParameterizedTest
    @CsvSource({"body-204, ", "length-204, ", "body-304, ", "no-length-304, ", "length-304, 5"})
    void aResponseWithoutContentHasNoUntrueLength(String name, String length) {
        for (Response response : new Response[] {ask(name), head(name)}) {
            assertThat(response.headers().first("content-length")).isEqualTo(length);
            assertThat(response.body()).isEqualTo(Body.EMPTY);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "length-null, 5",
        "length-small, 12",
        "length-abc, 12",
        "length-large-late, 100",
        "length-abc-late, ",
        "chunk-text-late, ",
        "framing, 12"
    })
    void headHasTheLengthOfGetOrNone(String name, String length) {
        assertThat(head(name).headers().first("content-length")).isEqualTo(length);
    }

    @Test
    void largeHeadersAndALargeBodyGoTogether() {
        Response response = ask("headers-40k-body");
        assertThat(response.headers().first("x-large")).hasSize(40_000);
        assertThat(response.headers().first("content-length")).isEqualTo("300000");
        assertThat(text(response)).hasSize(300_000);
    }

    @Test
    void severalValuesOfAHeaderAreSeveralFields() {
        assertThat(ask("headers-map").headers().all("x-test")).containsExactly("1", "2");
    }

    @Test
    void theAppDoesNotDetermineTheFramingOfABody() {
        assertThat(ask("framing").headers().first("transfer-encoding")).isNull();
    }

    @Test
    void aFailedResponseAbortsTheAppsRequest() throws Exception {
        broken(ask("listener-is-told"));
        awaitLog("the request of a failed answer is aborted");
        assertThat(ask("source-is-cancelled").status()).isEqualTo(500);
        awaitLog("the source of a failed answer is cancelled");
    }
}
