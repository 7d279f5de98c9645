package dev.kitbridge.server.internal.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Await;
import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.RequestContexts;
import dev.kitbridge.server.Requests;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.Revalidation;
import dev.kitbridge.server.internal.Answer;
import dev.kitbridge.server.internal.link.Frame;
import dev.kitbridge.server.internal.workers.FakeWorkers.Fake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Vite without a process, with a manual clock. */
class ViteWorkerTest {

    private final ManualTime time = new ManualTime();
    private final FakeWorkers vites = new FakeWorkers();
    private final ViteWorker worker =
            ViteWorker.start(URI.create("http://localhost:5173"), vites, new RequestContexts(), this::revalidate, time);

    private final Queue<Revalidation> revalidated = new ConcurrentLinkedQueue<>();

    private CompletionStage<Revalidation.Result> revalidate(Revalidation pages) {
        revalidated.add(pages);
        return CompletableFuture.completedFuture(Revalidation.Result.COMPLETE);
    }

    @AfterEach
    void close() {
        vites.kill();
        worker.close("SIGTERM", Duration.ZERO);
    }

    private CompletableFuture<Response> send(Request request) {
        Answer answer = new Answer(
                request,
                (asked, failure) ->
                        new Response(500, Headers.of("reason", "" + failure), Body.EMPTY, Response.Source.SERVER));
        worker.handle(request, RespondOptions.of(""), answer);
        return answer;
    }

    private CompletableFuture<Response> get() {
        return send(Requests.get("/"));
    }

    private Fake ready() throws Exception {
        Fake vite = vites.next();
        vite.ready();
        Await.until("Vite is connected", () -> worker.readyWorkers() == 1);
        return vite;
    }

    private static String body(CompletableFuture<Response> answer) {
        try {
            Await.until("an answer", answer::isDone);
            Body body = answer.join().body();
            java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
            body.transferTo(bytes);
            return answer.join().status() + " " + bytes.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theAppRevalidatesPages() throws Exception {
        Fake vite = ready();
        vite.send(Frame.text(Frame.REVALIDATE, 3, "{\"tags\":[\"price\"]}"));
        assertThat(vite.receive(Frame.REVALIDATED))
                .isEqualTo(new FakeWorkers.Received(Frame.REVALIDATED, 3, "{\"unreached\":[]}"));
        assertThat(revalidated).containsExactly(Revalidation.ofTags("price"));
    }

    @Test
    void filesOfViteAreNoPages() throws Exception {
        CompletableFuture<Response> file = get();
        Fake vite = ready();
        vite.send(Frame.text(Frame.HEAD, vite.receive(Frame.REQUEST).id(), "200\0:file\0yes\0etag\0\"1\""));
        Await.until("an answer", file::isDone);
        assertThat(file.join().source()).isEqualTo(Response.Source.ASSET);
        assertThat(file.join().headers().first("etag")).isEqualTo("\"1\"");
        assertThat(file.join().headers().first(":file")).isNull();
        file.join().discard();
    }

    @Test
    void requestsWaitUntilViteIsConnected() throws Exception {
        CompletableFuture<Response> first = get();
        assertThat(worker.waitingRequests()).isEqualTo(1);
        Fake vite = ready();
        vite.answer(vite.receive(Frame.REQUEST).id(), "page");
        assertThat(body(first)).isEqualTo("200 page");
        assertThat(worker.started()).isCompleted();
    }

    @Test
    void requestsWaitWhileViteRestarts() throws Exception {
        Fake vite = ready();
        CompletableFuture<Response> lost = get();
        vite.receive(Frame.REQUEST);
        vite.crash();
        Await.until("the next attempt is planned", () -> time.asked().contains(ViteWorker.RETRY_MILLIS));
        CompletableFuture<Response> later = get();
        time.pass(ViteWorker.RETRY_MILLIS);
        Fake next = ready();
        for (int i = 0; i < 2; i++) next.answer(next.receive(Frame.REQUEST).id(), "page");
        assertThat(body(lost)).isEqualTo("200 page");
        assertThat(body(later)).isEqualTo("200 page");
        assertThat(worker.restarts()).isEqualTo(1);
    }

    @Test
    void aPostThatViteMayHaveHandledIsNotRepeated() throws Exception {
        Fake vite = ready();
        CompletableFuture<Response> post = send(Request.of("POST", Requests.ORIGIN, "/", Headers.EMPTY, null));
        vite.receive(Frame.REQUEST);
        vite.crash();
        assertThat(body(post)).isEqualTo("502 Vite closed the connection before it answered");
    }

    @Test
    void withoutViteARequestSaysHowToStartIt() throws Exception {
        CompletableFuture<Response> answer = get();
        vites.next().fails();
        Await.until("the next attempt is planned", () -> time.asked().contains(ViteWorker.RETRY_MILLIS));
        assertThat(answer).isNotDone();
        time.pass(ViteWorker.PATIENCE_MILLIS);
        assertThat(body(answer))
                .isEqualTo("502 Vite at http://localhost:5173 cannot render pages: exited with code 1; its own output"
                        + " may say why. If no Vite runs, start it with mvn adapter:dev -Dadapter.application=false");
    }

    @Test
    void requestsAreRejectedAfterTheClose() {
        CompletableFuture<Response> waiting = get();
        worker.close("SIGTERM", Duration.ZERO);
        assertThat(waiting.join().headers().first("reason")).contains("the server is shutting down");
        assertThat(get().join().headers().first("reason")).contains("the server is shutting down");
    }
}
