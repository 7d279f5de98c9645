package dev.kitbridge.server.internal.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Await;
import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Init;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.Requests;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.TestApp;
import dev.kitbridge.server.internal.Answer;
import dev.kitbridge.server.internal.link.Frame;
import dev.kitbridge.server.internal.workers.FakeWorkers.Fake;
import dev.kitbridge.server.internal.workers.FakeWorkers.Received;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Supervision without processes, with a manual clock. */
class WorkerPoolTest {

    private ManualTime time = new ManualTime();
    private final FakeWorkers workers = new FakeWorkers();

    private WorkerPool pool = start(1);

    private WorkerPool start(int count) {
        return start(count, 0);
    }

    private WorkerPool start(int count, int tries) {
        Init init = Init.of(Path.of("node"))
                .withWorkers(count)
                .withTimeout(Duration.ofSeconds(10))
                .withMemory(100 << 20)
                .withStartTries(tries);
        return WorkerPool.start(init, workers, time, () -> {});
    }

    /** Replaces the pool; closing the first one closes its clock. */
    private void again(int count) {
        again(count, 0);
    }

    private void again(int count, int tries) {
        pool.close("SIGTERM", Duration.ZERO);
        time = new ManualTime();
        pool = start(count, tries);
    }

    @AfterEach
    void close() {
        workers.kill();
        pool.close("SIGTERM", Duration.ZERO);
    }

    private CompletableFuture<Response> get() {
        return send(Requests.get("/"));
    }

    private CompletableFuture<Response> post() {
        return send(Request.of("POST", Requests.ORIGIN, "/", Headers.EMPTY, null));
    }

    private CompletableFuture<Response> send(Request request) {
        Answer answer = new Answer(request, WorkerPoolTest::error);
        pool.handle(request, RespondOptions.of(""), answer);
        return answer;
    }

    private static Response error(Request request, Throwable failure) {
        Headers reason = Headers.of("reason", failure.getClass().getSimpleName() + ": " + failure.getMessage());
        return new Response(500, reason, Body.EMPTY, Response.Source.SERVER);
    }

    private Fake ready(int total) throws Exception {
        Fake worker = workers.next();
        worker.ready();
        Await.until("the worker", () -> pool.readyWorkers() == total);
        return worker;
    }

    private static String reason(CompletableFuture<Response> answer) throws Exception {
        Await.until("an answer", answer::isDone);
        return Objects.requireNonNullElse(answer.join().headers().first("reason"), "answered");
    }

    @Test
    void theOthersStartWhenTheFirstIsReady() throws Exception {
        workers.next();
        again(3);
        Fake first = workers.next();
        assertThat(workers.noneStarted()).isTrue();
        first.ready();
        workers.next().ready();
        workers.next().ready();
        Await.until("all", () -> pool.readyWorkers() == 3);
        time.pass(Supervisor.HEAD_START_MILLIS);
        assertThat(workers.noneStarted()).isTrue();
    }

    @Test
    void theOthersStartIfTheFirstIsSlow() throws Exception {
        workers.next();
        again(2);
        workers.next();
        time.pass(Supervisor.HEAD_START_MILLIS - 1);
        assertThat(workers.noneStarted()).isTrue();
        time.pass(1);
        workers.next().ready();
        Await.until("the second", () -> pool.readyWorkers() == 1);
    }

    @Test
    void aWorkerThatRanLongIsReplacedAtOnceAndOthersWithBackoff() throws Exception {
        Fake worker = ready(1);
        time.pass(10_000);
        worker.pong(0, Long.MAX_VALUE, 0);
        time.asked();
        worker.crash();
        for (long delay : new long[] {0, 100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000}) {
            Await.until("the loss", () -> pool.readyWorkers() == 0);
            Await.until("a restart that is planned", () -> time.asked().equals(List.of(delay)));
            if (delay > 0) time.pass(delay - 1);
            assertThat(workers.noneStarted()).isTrue();
            time.pass(1);
            ready(1).crash();
        }
    }

    @Test
    void aFailedStartIsRetriedWithBackoff() throws Exception {
        CompletableFuture<Response> waits = get();
        for (long delay : new long[] {100, 200, 400}) {
            workers.next().fails();
            Await.until("a restart that is planned", () -> time.asked().equals(List.of(delay)));
            assertThat(reason(waits)).isEqualTo("UnavailableException: no worker starts");
            assertThat(get()).as("nobody waits for it").isDone();
            time.pass(delay);
        }
        ready(1);
        assertThat(get()).isNotDone();
    }

    @Test
    void failedStartsAreLimitedByStartTries() throws Exception {
        workers.next();
        again(3, 2);
        workers.next().fails();
        Await.until("a restart that is planned", () -> time.asked().contains(100L));
        assertThat(workers.noneStarted()).as("the others would fail too").isTrue();
        time.pass(Supervisor.HEAD_START_MILLIS);
        assertThat(pool.started()).isNotDone();
        workers.next().fails();
        Await.until("the end", () -> pool.started().isDone());
        assertThat(pool.started()
                        .handle((nothing, error) -> error.getCause().getMessage())
                        .join())
                .isEqualTo("2 starts failed; the last worker exited with code 1");
        time.pass(60_000);
        assertThat(workers.noneStarted()).isTrue();
        assertThat(reason(get())).isEqualTo("UnavailableException: no worker starts");
    }

    @Test
    void aWorkerOfAnotherVersionIsNotUsed() throws Exception {
        workers.next();
        for (ByteBuffer hello : List.of(Frame.number(Frame.READY, 0, Frame.VERSION + 1), Frame.empty(Frame.READY, 0))) {
            again(1, 1);
            Fake worker = workers.next();
            int version = hello.remaining() > Frame.HEADER ? Frame.VERSION + 1 : 0;
            worker.ready(hello);
            assertThat(pool.started())
                    .failsWithin(TestApp.LONG)
                    .withThrowableOfType(ExecutionException.class)
                    .withMessageEndingWith("1 starts failed; the last worker uses version " + version
                            + " of the link format, expected " + Frame.VERSION
                            + "; build the app with the version of Kitbridge that the"
                            + " server has");
            assertThat(worker.killed).isTrue();
        }
    }

    @Test
    void laterFailedStartsAreNotCounted() throws Exception {
        workers.next();
        again(1, 2);
        Fake first = ready(1);
        assertThat(pool.started()).isCompleted();
        first.crash();
        for (long delay : new long[] {100, 200, 400}) {
            Await.until("a restart that is planned", () -> time.asked().contains(delay));
            time.pass(delay);
            workers.next().fails();
        }
        Await.until("a restart that is planned", () -> time.asked().contains(800L));
    }

    @Test
    void aWorkerThatNeverStartsIsKilledAndRetried() throws Exception {
        Fake hangs = workers.next();
        CompletableFuture<Response> waits = get();
        time.pass(60_000);
        assertThat(hangs.killed).isFalse();
        assertThat(reason(waits)).isEqualTo("UnavailableException: no worker became ready in time");
        time.asked();
        time.pass(2 * WorkerPool.CHECK_MILLIS);
        assertThat(hangs.killed).isTrue();
        Await.until("the next start is planned", () -> time.asked().equals(List.of(100L)));
        assertThat(reason(get())).isEqualTo("UnavailableException: no worker starts");
        time.pass(100);
        ready(1);
    }

    @Test
    void aRequestIsRepeatedOnceAndOnlyIfThatIsSafe() throws Exception {
        Fake first = ready(1);
        CompletableFuture<Response> get = get();
        CompletableFuture<Response> post = post();
        first.receive(Frame.REQUEST);
        first.receive(Frame.REQUEST);
        first.crash();
        assertThat(reason(post)).startsWith("WorkerLostException: worker 1 exited");
        Await.until("the request that waits", () -> pool.waitingRequests() == 1);
        Await.until("a restart that is planned", () -> time.asked().contains(100L));
        time.pass(100);
        Fake second = ready(1);
        Received again = second.receive(Frame.REQUEST);
        assertThat(again.payload()).startsWith("GET\0https://example.com/\0");
        second.crash();
        assertThat(reason(get)).startsWith("WorkerLostException: worker 2 exited");
    }

    @Test
    void aRequestThatWasAloneInItsWorkerIsNotRepeated() throws Exception {
        Fake worker = ready(1);
        CompletableFuture<Response> get = get();
        worker.receive(Frame.REQUEST);
        worker.crash();
        assertThat(reason(get)).startsWith("WorkerLostException: worker 1 exited");
    }

    @Test
    void aRequestWhoseAnswerHasBegunIsNotRepeated() throws Exception {
        Fake worker = ready(1);
        CompletableFuture<Response> get = get();
        int id = worker.receive(Frame.REQUEST).id();
        worker.send(Frame.text(Frame.HEAD, id, "200"));
        assertThat(reason(get)).isEqualTo("answered");
        worker.crash();
        Await.until("the loss", () -> pool.readyWorkers() == 0);
        assertThat(pool.waitingRequests()).isZero();
    }

    @Test
    void aWorkerWhoseEventLoopDoesNotRespondIsKilled() throws Exception {
        Fake worker = ready(1);
        CompletableFuture<Response> post = post();
        worker.receive(Frame.REQUEST);
        time.pass(WorkerPool.CHECK_MILLIS);
        worker.receive(Frame.PING);
        worker.pong(1, Long.MAX_VALUE, 1);
        answered(worker);
        time.pass(WorkerPool.CHECK_MILLIS);
        time.pass(9_000);
        assertThat(worker.killed).isFalse();
        time.pass(2_000);
        assertThat(worker.killed).isTrue();
        assertThat(reason(post)).matches("WorkerLostException: worker 1 did not respond for 10\\d\\d\\d ms");
    }

    @Test
    void aRequestThatWaitsTooLongIsRejected() throws Exception {
        CompletableFuture<Response> waits = get();
        time.pass(10_000);
        assertThat(waits).isNotDone();
        time.pass(WorkerPool.CHECK_MILLIS);
        assertThat(reason(waits)).isEqualTo("UnavailableException: no worker became ready in time");
    }

    @Test
    void aFullWorkerIsReplacedWithoutAGap() throws Exception {
        Fake first = ready(1);
        CompletableFuture<Response> running = get();
        int id = first.receive(Frame.REQUEST).id();
        fill(first);
        // a single report may include uncollected garbage
        fill(first);
        assertThat(workers.noneStarted()).isTrue();
        time.pass(WorkerPool.CHECK_MILLIS);
        Fake second = workers.next();
        CompletableFuture<Response> meanwhile = get();
        int last = first.receive(Frame.REQUEST).id();
        second.ready();
        CompletableFuture<Received> taken = CompletableFuture.supplyAsync(() -> receive(second));
        Await.until("the successor", () -> {
            get();
            return taken.isDone();
        });
        first.answer(id, "one");
        first.answer(last, "two");
        assertThat(reason(running)).isEqualTo("answered");
        assertThat(reason(meanwhile)).isEqualTo("answered");
        assertThat(pool.restarts()).isEqualTo(1);
    }

    private static Received receive(Fake worker) {
        try {
            return worker.receive(Frame.REQUEST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fill(Fake worker) throws Exception {
        time.pass(WorkerPool.CHECK_MILLIS);
        worker.receive(Frame.PING);
        worker.pong(70 << 20, 200 << 20, 80 << 20);
        answered(worker);
    }

    /** Frames are received in order: the answer shows that earlier frames have arrived. */
    private void answered(Fake worker) throws Exception {
        CompletableFuture<Response> probe = get();
        int id = worker.receive(Frame.REQUEST).id();
        worker.answer(id, "");
        assertThat(reason(probe)).isEqualTo("answered");
    }

    @Test
    void requestsGoToTheLeastBusyWorker() throws Exception {
        workers.next().fails();
        pool.close("SIGTERM", Duration.ZERO);
        WorkerPool two = WorkerPool.start(Init.of(Path.of("node")).withWorkers(2), workers, new ManualTime(), () -> {});
        pool = two;
        Fake one = ready(1);
        Fake other = ready(2);
        for (int i = 0; i < 10; i++) get();
        for (int i = 0; i < 5; i++) {
            assertThat(one.receive().type()).isEqualTo(Frame.REQUEST);
            assertThat(other.receive().type()).isEqualTo(Frame.REQUEST);
        }
    }

    @Test
    void aWorkerThatSendsAnInvalidFrameIsKilled() throws Exception {
        Fake worker = ready(1);
        CompletableFuture<Response> post = post();
        int id = worker.receive(Frame.REQUEST).id();
        worker.send(Frame.text(Frame.DATA, id, "a body without a head"));
        assertThat(reason(post)).contains("sent an invalid frame");
        assertThat(worker.killed).isTrue();
    }

    @Test
    void cancellingSendsCancelToTheWorker() throws Exception {
        Fake worker = ready(1);
        CompletableFuture<Response> get = get();
        int id = worker.receive(Frame.REQUEST).id();
        get.cancel(false);
        assertThat(worker.receive(Frame.CANCEL).id()).isEqualTo(id);
        assertThat(pool.runningRequests()).isEqualTo(1);
        worker.send(Frame.text(Frame.RESET, id, "cancelled"));
        Await.until("its end", () -> pool.runningRequests() == 0);
    }

    @Test
    void aRequestCancelledInTheQueueIsNotRendered() throws Exception {
        CompletableFuture<Response> gone = get();
        CompletableFuture<Response> stays = get();
        gone.cancel(false);
        assertThat(pool.waitingRequests()).isEqualTo(1);
        Fake worker = ready(1);
        worker.answer(worker.receive(Frame.REQUEST).id(), "first");
        assertThat(TestApp.text(Requests.await(stays))).isEqualTo("first");
        Await.until("no other request", () -> pool.runningRequests() == 0);
    }
}
