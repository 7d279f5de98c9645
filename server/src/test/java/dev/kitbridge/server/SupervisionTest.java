package dev.kitbridge.server;

import static dev.kitbridge.server.Requests.answer;
import static dev.kitbridge.server.Requests.await;
import static dev.kitbridge.server.Requests.get;
import static dev.kitbridge.server.Requests.post;
import static dev.kitbridge.server.Requests.send;
import static dev.kitbridge.server.TestApp.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.kitbridge.server.Response.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Supervision of real workers, and its effect on clients. */
class SupervisionTest {

    @TempDir
    Path folder;

    private TestApp app;

    @BeforeEach
    void write() throws IOException {
        app = TestApp.in(folder);
    }

    private static ProcessHandle process(Server server) {
        return ProcessHandle.of(Long.parseLong(text(answer(server, "/pid")))).orElseThrow();
    }

    @Test
    void requestsThatComeBeforeAWorkerIsReadyWaitForIt() throws Exception {
        try (Server server = Server.open(folder, app.init())) {
            assertThat(text(answer(server, "/hello"))).isEqualTo("hello");
        }
    }

    @Test
    void aKilledWorkerIsReplaced() throws Exception {
        try (Server server = app.open(app.init())) {
            ProcessHandle first = process(server);
            first.destroyForcibly();
            first.onExit().get(60, TimeUnit.SECONDS);
            ProcessHandle second = process(server);
            assertThat(second.pid()).isNotEqualTo(first.pid());
            assertThat(server.figures().restarts()).isEqualTo(1);
        }
    }

    @Test
    void aRequestThatCrashesAWorkerGets502AndOthersTheirAnswers() throws Exception {
        try (Server server = app.open(app.init())) {
            CompletableFuture<Response> waits = send(server, get("/waits?gate"));
            CompletableFuture<Response> posted = send(server, post("/waits?gate", ""));
            app.awaitOutput("waits for gate");
            // a GET is retried once if the worker had other requests: it crashes the second worker too
            Response response = answer(server, "/exit");
            assertThat(response.status()).isEqualTo(502);
            assertThat(response.source()).isEqualTo(Source.SERVER);
            assertThat(text(response)).isEqualTo("<h1>502</h1><p>Bad Gateway</p>");
            assertThat(await(posted).status()).as("it may have had an effect").isEqualTo(502);
            assertThat(await(waits).status())
                    .as("it met two workers that crashed")
                    .isEqualTo(502);
            assertThat(text(answer(server, "/hello"))).isEqualTo("hello");
            assertThat(app.output).contains("!the app gives up");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/exit", "/abort", "/kill", "/reject"})
    void aRequestThatEndsItsWorkerCostsOneWorker(String target) throws Exception {
        try (Server server = app.open(app.init().withWorkers(2))) {
            Await.until("two workers", () -> server.figures().readyWorkers() == 2);
            assertThat(answer(server, target).status()).isEqualTo(502);
            Await.until("two workers again", () -> server.figures().readyWorkers() == 2);
            assertThat(server.figures().restarts()).isEqualTo(1);
        }
    }

    @Test
    void aWorkerInAnEndlessLoopIsKilledWhileOthersServe() throws Exception {
        Init init = app.init().withWorkers(2).withTimeout(Duration.ofMillis(300));
        try (Server server = app.open(init)) {
            Await.until("two workers", () -> server.figures().readyWorkers() == 2);
            CompletableFuture<Response> loop = send(server, post("/loop", ""));
            app.awaitOutput("loops");
            assertThat(text(answer(server, "/hello"))).isEqualTo("hello");
            assertThat(await(loop).status()).isEqualTo(502);
            Await.until("two workers again", () -> server.figures().readyWorkers() == 2);
        }
    }

    @Test
    void anAppThatDoesNotStart() throws Exception {
        try (Server server = Server.open(folder, app.init("fails"))) {
            Response response = answer(server, "/hello");
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.headers().first("retry-after")).isEqualTo("1");
            assertThat(text(response)).contains("Service Unavailable");
            assertThat(text(answer(server, "/file.txt"))).isEqualTo("a file");
            assertThat(server.figures().readyWorkers()).isZero();
            Await.until("why", () -> app.output.stream().anyMatch(line -> line.contains("no database")));
            Await.until("more attempts", () -> server.figures().restarts() >= 2);
            // the request does not wait for a worker that never starts
            assertThat(send(server, get("/hello"))).isCompleted();
        }
    }

    @Test
    void aMissingProgram() throws Exception {
        Init init = app.init();
        Init missing = new Init(
                init.runtime(),
                List.of("/nowhere/node"),
                init.environment(),
                2,
                init.timeout(),
                0,
                1000,
                1000,
                100,
                0,
                "",
                Init.PageCache.OFF,
                init.output());
        try (Server server = Server.open(folder, missing)) {
            assertThat(answer(server, "/hello").status()).isEqualTo(503);
        }
    }

    @Test
    void requestsBeyondTheQueueLimitAreRejected() throws Exception {
        try (Server server = Server.open(folder, app.init("loops").withWaiting(2))) {
            CompletableFuture<Response> first = send(server, get("/hello"));
            CompletableFuture<Response> second = send(server, get("/hello"));
            assertThat(answer(server, "/hello").status()).isEqualTo(503);
            assertThat(first).isNotDone();
            first.cancel(false);
            assertThat(server.figures().waitingRequests())
                    .as("who went away does not wait")
                    .isEqualTo(1);
            assertThat(second).isNotDone();
            server.close("SIGTERM", Duration.ZERO);
            assertThat(await(second).status()).isEqualTo(503);
        }
    }

    @Test
    void aRequestThatWaitsTooLongIsRejected() throws Exception {
        try (Server server = Server.open(folder, app.init("loops").withTimeout(Duration.ofMillis(1)))) {
            assertThat(answer(server, "/hello").status()).isEqualTo(503);
        }
    }

    @Test
    void memoryIsLimitedAndAWorkerReplacedBeforeItHasNone() throws Exception {
        assumeFalse(TestApp.isBun(), "Bun's heap has no limit that it is told");
        try (Server server = app.open(app.init().withMemory(200L << 20))) {
            assertThat(text(answer(server, "/arguments"))).isEqualTo("[\"--max-old-space-size=150\"]");
            ProcessHandle first = process(server);
            while (first.isAlive() && server.figures().restarts() == 0) {
                assertThat(answer(server, "/leak").status()).isEqualTo(200);
                Thread.sleep(100);
            }
            Await.until("the successor", () -> process(server).pid() != first.pid());
            app.awaitOutput("shutdown RECYCLE");
            assertThat(first.onExit().get(60, TimeUnit.SECONDS)).isNotNull();
            assertThat(app.output).noneMatch(line -> line.contains("heap out of memory"));
        }
    }

    @Test
    void closingFinishesOpenRequestsAndCallsTheShutdownHandlers() throws Exception {
        Server server = app.open(app.init());
        ProcessHandle process = process(server);
        SubmissionPublisher<ByteBuffer> body = new SubmissionPublisher<>();
        CompletableFuture<Response> uploads = send(server, post("/text", body));
        Thread closing = new Thread(() -> server.close("SIGINT", TestApp.LONG));
        closing.start();
        Await.until("no new requests", () -> answer(server, "/hello").status() == 503);
        assertThat(uploads).isNotDone();
        body.submit(ByteBuffer.wrap(new byte[] {'h', 'i'}));
        body.close();
        assertThat(text(await(uploads))).isEqualTo("hi");
        closing.join(TestApp.LONG.toMillis());
        assertThat(closing.isAlive()).isFalse();
        app.awaitOutput("shutdown SIGINT");
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void requestsBeyondTheLimitAreAbortedOnClosing() throws Exception {
        Server server = app.open(app.init().withTimeout(Duration.ofMillis(300)));
        ProcessHandle process = process(server);
        CompletableFuture<Response> never = send(server, get("/never"));
        app.awaitOutput("never answers");
        server.close("SIGTERM", Duration.ofMillis(50));
        assertThat(await(never).status()).isEqualTo(502);
        app.awaitOutput("shutdown SIGTERM");
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void anAppThatDoesNotExitIsKilledAfterTheLimit() throws Exception {
        Server server = app.open(app.init());
        ProcessHandle process = process(server);
        await(send(server, get("/lingers")));
        long begun = System.nanoTime();
        server.close("SIGTERM", Duration.ofMillis(50));
        assertThat(process.isAlive()).isFalse();
        // at least two seconds, and less than the timeout of a recycled worker
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(9));
    }

    @Test
    void closingLeavesNothingBehind() throws Exception {
        Server server = app.open(app.init().withWorkers(2));
        server.close();
        Await.until("the threads' end", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("kitbridge-worker")));
        assertThat(answer(server, "/hello").status()).isEqualTo(503);
        server.close();
    }
}
