package dev.kitbridge.server;

import static dev.kitbridge.server.Requests.answer;
import static dev.kitbridge.server.Requests.await;
import static dev.kitbridge.server.Requests.get;
import static dev.kitbridge.server.Requests.post;
import static dev.kitbridge.server.Requests.send;
import static dev.kitbridge.server.TestApp.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.server.Response.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with one real worker, through the API that a front uses. */
class ServerTest {

    /** {@code Frame.WINDOW} in both directions, and the buffers of both sides. */
    private static final long WINDOW_AND_SOME = 600 * 1024;

    @TempDir
    static Path folder;

    private static TestApp app;
    private static Server server;

    @BeforeAll
    static void open() throws Exception {
        app = TestApp.in(folder);
        server = app.open(app.init());
    }

    @AfterAll
    static void close() throws Exception {
        Await.until("the end of all requests", () -> server.figures().runningRequests() == 0);
        server.close();
    }

    @Test
    void aPageComesFromTheWorkerInOnePiece() {
        Response response = answer(server, "/hello");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.source()).isEqualTo(Source.WORKER);
        assertThat(response.headers().first("content-type")).isEqualTo("text/plain");
        assertThat(response.headers().all("content-length")).containsExactly("5");
        assertThat(response.body()).isInstanceOf(Body.Bytes.class);
        assertThat(text(response)).isEqualTo("hello");
    }

    @Test
    void aFileComesFromTheTable() {
        Response response = answer(server, "/file.txt");
        assertThat(response.source()).isEqualTo(Source.ASSET);
        assertThat(text(response)).isEqualTo("a file");
    }

    @Test
    void theAppSeesMethodUrlAndHeaders() {
        assertThat(text(answer(server, "/url?a=1&b=%20"))).isEqualTo("GET https://example.com/url?a=1&b=%20");
        Headers headers = Headers.of("x-one", "1", "x-one", "2", "cookie", "a=1", "cookie", "b=2", "x-latin", "\u00e9");
        assertThat(text(answer(server, Request.get(Requests.ORIGIN, "/fields", headers))))
                .isEqualTo("[[\"cookie\",\"a=1; b=2\"],[\"x-latin\",\"\u00e9\"],[\"x-one\",\"1, 2\"]]");
    }

    @Test
    void headHasTheHeadersAndNoBody() {
        Response response = answer(server, Request.of("HEAD", Requests.ORIGIN, "/hello", Headers.EMPTY, null));
        assertThat(response.headers().first("content-length")).isEqualTo("5");
        assertThat(response.body()).isEqualTo(Body.EMPTY);
    }

    @Test
    void headOfAStreamEndsItsMaking() throws Exception {
        int before = text(answer(server, "/aborted")).split("stream", -1).length;
        Response response = answer(server, Request.of("HEAD", Requests.ORIGIN, "/endless", Headers.EMPTY, null));
        assertThat(response.body()).isEqualTo(Body.EMPTY);
        Await.until("the stream's end", () -> text(answer(server, "/aborted")).split("stream", -1).length > before);
    }

    @Test
    void anAnswerWithoutABodyHasNone() {
        Response response = answer(server, "/empty");
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.body().length()).isZero();
    }

    @Test
    void cookiesStayApart() {
        assertThat(answer(server, "/cookies").headers().all("set-cookie"))
                .containsExactly("a=1; Path=/", "b=2, 3; Path=/");
    }

    @Test
    void thePlatformArrivesUnchanged() {
        Map<String, Object> platform = new LinkedHashMap<>();
        platform.put("user", "J\u00f6rg \u4e16");
        platform.put("roles", List.of("a", "b"));
        platform.put("count", 3);
        platform.put("ratio", 0.5);
        Response response =
                await(server.respond(get("/platform"), RespondOptions.of("").withPlatform(platform)));
        assertThat(text(response))
                .isEqualTo("{\"user\":\"J\u00f6rg \u4e16\",\"roles\":[\"a\",\"b\"],\"count\":3,\"ratio\":0.5,"
                        + "\"principal\":null,\"attributes\":{},"
                        + "\"request\":{\"method\":\"GET\",\"address\":\"\",\"protocol\":\"\"},\"cache\":{}}");
    }

    @Test
    void thePlatformHasTheClientAndTheRequest() {
        RespondOptions options = RespondOptions.of("192.0.2.7")
                .withProtocol("HTTP/2.0")
                .withPrincipal(() -> "anna")
                .withAttributes(Map.of("roles", List.of("clerk")));
        assertThat(text(await(server.respond(get("/platform"), options))))
                .isEqualTo("{\"principal\":{\"name\":\"anna\"},\"attributes\":{\"roles\":[\"clerk\"]},"
                        + "\"request\":{\"method\":\"GET\",\"address\":\"192.0.2.7\",\"protocol\":\"HTTP/2.0\"},"
                        + "\"cache\":{}}");
    }

    @Test
    void theServerKnowsWhetherTheAppReadAMember() {
        AtomicInteger reads = new AtomicInteger();
        Map<String, Object> csrf = Map.of("token", "t0ken");
        RespondOptions options = RespondOptions.of("")
                .withPlatform(Map.of("csrf", new RespondOptions.Observed(csrf, reads::incrementAndGet)));
        assertThat(text(await(server.respond(get("/csrf-unread"), options)))).isEqualTo("nothing");
        assertThat(reads).hasValue(0);
        Response response = await(server.respond(get("/csrf"), options));
        assertThat(text(response)).isEqualTo("t0ken");
        assertThat(reads).hasValue(1);
        assertThat(response.headers().toString()).doesNotContain("csrf");
    }

    @Test
    void thePrincipalHasFurtherMembers() {
        RespondOptions options =
                RespondOptions.of("").withPrincipal(() -> "anna", Map.of("authorities", List.of("ROLE_ADMIN")));
        assertThat(text(await(server.respond(get("/platform"), options))))
                .contains("\"principal\":{\"authorities\":[\"ROLE_ADMIN\"],\"name\":\"anna\"}");
    }

    @Test
    void aPlatformThatJsonDoesNotHaveIsAnErrorOfThisRequest() {
        RespondOptions options = RespondOptions.of("").withPlatform(Map.of("thread", Thread.currentThread()));
        Response response = await(server.respond(get("/platform"), options));
        assertThat(response.status()).isEqualTo(500);
        assertThat(text(answer(server, "/hello"))).isEqualTo("hello");
    }

    @Test
    void theAddressOrWhyThereIsNone() {
        assertThat(text(answer(server, "/address"))).isEqualTo("192.0.2.1");
        RespondOptions options = RespondOptions.of(() -> {
            throw new IllegalStateException("ADDRESS_HEADER is missing");
        });
        assertThat(text(await(server.respond(get("/address"), options)))).isEqualTo("ADDRESS_HEADER is missing");
    }

    @Test
    void aHeaderWithNulDoesNotReachTheWorker() {
        Headers headers = Headers.of("x", "1\0cookie\0admin=1");
        assertThat(answer(server, Request.get(Requests.ORIGIN, "/fields", headers))
                        .status())
                .isEqualTo(500);
    }

    @Test
    void theAppDoesNotSeeHowItIsLinked() {
        assertThat(text(answer(server, "/environment"))).isEqualTo("[]");
    }

    @Test
    void anExceptionOfTheAppIsLoggedAndNotSent() throws Exception {
        Response response = answer(server, "/throw");
        assertThat(response.status()).isEqualTo(500);
        assertThat(text(response)).isEqualTo("Internal Error");
        Await.until("the error", () -> app.output.stream().anyMatch(line -> line.contains("thrown by the app")));
    }

    @Test
    void aLongLineOfTheLogStaysOneLine() throws Exception {
        answer(server, "/log?40000");
        assertThat(app.awaitOutput("line of 40000 ")).hasSize(40_000);
        answer(server, "/log?3000000");
        Await.until(
                "all of it",
                () -> app.output.stream()
                                .filter(line -> line.matches("(line of 3000000 )?x+"))
                                .mapToInt(String::length)
                                .sum()
                        == 3_000_000);
        answer(server, "/log?20");
        assertThat(app.awaitOutput("line of 20 ")).isEqualTo("line of 20 xxxxxxxxx");
    }

    @Test
    void theFirstPieceIsNotHeldBack() throws Exception {
        Collector collector = Collector.of(answer(server, "/first"));
        Await.until("the first piece", () -> collector.size() == 5);
        assertThat(collector.ended).isNotDone();
        answer(server, "/open?first");
        assertThat(collector.bytes()).asString().isEqualTo("firstsecond");
    }

    @Test
    void headersOfEventsGoBeforeTheFirstEvent() {
        Response response = answer(server, "/events");
        assertThat(response.headers().first("x-accel-buffering")).isEqualTo("no");
        response.discard();
    }

    @Test
    void aLargeBodyComesWhole() {
        Response response = answer(server, "/large");
        assertThat(response.body()).isInstanceOf(Body.Stream.class);
        assertThat(Collector.of(response).bytes()).hasSize(3_000_000);
    }

    @Test
    void aReaderThatTakesNothingStopsTheProducer() throws Exception {
        Response response = answer(server, "/endless?1");
        Collector collector = Collector.subscribed(response);
        // the body continues for a while, and then stops
        long[] last = {-1};
        Await.until("the producer's standstill", () -> {
            long now = Long.parseLong(text(answer(server, "/asked?1")));
            boolean same = now == last[0];
            last[0] = now;
            return same && now > 0;
        });
        assertThat(last[0] * 16 * 1024).isLessThan(WINDOW_AND_SOME);
        collector.request(64);
        Await.until("more", () -> collector.size() > 512 * 1024);
        collector.cancel();
    }

    @Test
    void aBodyThatBreaksOffIsAnError() {
        Collector collector = Collector.of(answer(server, "/breaks"));
        answer(server, "/open?breaks");
        assertThatThrownBy(() -> collector.ended.get())
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("broke off");
    }

    @Test
    void cancellingBeforeTheHeadAbortsTheRequest() throws Exception {
        CompletableFuture<Response> answer = send(server, get("/never"));
        app.awaitOutput("never answers");
        answer.cancel(false);
        Await.until("the abort", () -> text(answer(server, "/aborted")).contains("request"));
    }

    @Test
    void cancellingTheBodyEndsItsMaking() throws Exception {
        int before = text(answer(server, "/aborted")).split("stream", -1).length;
        Collector collector = Collector.subscribed(answer(server, "/endless"));
        collector.request(3);
        Await.until("some", () -> collector.size() > 0);
        collector.cancel();
        Await.until("the stream's end", () -> text(answer(server, "/aborted")).split("stream", -1).length > before);
    }

    @Test
    void bodiesGoBothWaysAtOnce() {
        Requests.Zeros body = new Requests.Zeros(400 * 1024, 1000);
        assertThat(Collector.of(answer(server, post("/echo", body))).bytes()).hasSize(400 * 1024);
        assertThat(text(answer(server, post("/text", "text")))).isEqualTo("text");
        assertThat(text(answer(server, post("/text", "")))).isEmpty();
    }

    @Test
    void aBodyOfVeryManyPiecesIsNoRecursion() {
        assertThat(Collector.of(answer(server, post("/echo", new Requests.Zeros(30_000, 1))))
                        .bytes())
                .hasSize(30_000);
    }

    @Test
    void aBodyOverTheLimitIs413() {
        Response announced = answer(
                server,
                Request.of(
                        "POST",
                        Requests.ORIGIN,
                        "/text",
                        Headers.of("content-length", "600000"),
                        new Requests.Zeros(600_000, 10_000)));
        assertThat(announced.status()).isEqualTo(413);
        assertThat(text(announced)).isEqualTo("Content-length of 600000 exceeds limit of 524288 bytes.");
        Requests.Zeros streamed = new Requests.Zeros(Long.MAX_VALUE, 10_000);
        Response response = answer(server, post("/text", streamed));
        assertThat(response.status()).isEqualTo(413);
        assertThat(text(response)).isEqualTo("request body size exceeded BODY_SIZE_LIMIT of 524288");
        // the remaining bytes are not read
        await(streamed.cancelled);
    }

    @Test
    void anUnreadBodyIsCancelled() {
        Requests.Zeros body = new Requests.Zeros(Long.MAX_VALUE, 10_000);
        assertThat(text(answer(server, post("/hello", body)))).isEqualTo("hello");
        await(body.cancelled);
        assertThat(body.given.get()).isLessThan(WINDOW_AND_SOME);
    }

    @Test
    void aBrokenUploadIsAnErrorOfThisRequest() {
        Flow.Publisher<ByteBuffer> body = subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                subscriber.onError(new IOException("the client went away"));
            }

            @Override
            public void cancel() {}
        });
        Response response = answer(server, post("/text", body));
        assertThat(response.status()).isEqualTo(400);
        assertThat(text(response)).isEqualTo("the client went away");
    }

    @Test
    void manyRequestsAtATime() {
        List<CompletableFuture<Response>> answers = new ArrayList<>();
        for (int i = 0; i < 500; i++) answers.add(send(server, get("/url?" + i)));
        for (int i = 0; i < 500; i++) {
            assertThat(text(await(answers.get(i)))).isEqualTo("GET https://example.com/url?" + i);
        }
    }

    @Test
    void noFolderOfAnApp(@TempDir Path empty) {
        assertThatThrownBy(() -> Server.open(empty, app.init()))
                .isInstanceOf(IOException.class)
                .hasMessage(empty + " contains no site.bin; expected the folder that an adapter wrote");
    }
}
