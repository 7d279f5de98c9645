package dev.kitbridge.server.internal.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Collector;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Requests;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.Response.Source;
import dev.kitbridge.server.internal.link.Frame;
import dev.kitbridge.server.internal.link.Link;
import dev.kitbridge.server.internal.link.SocketPair;
import dev.kitbridge.server.internal.workers.FakeWorkers.Fake;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Flow control of bodies in both directions. */
class FlowTest {

    private static final int PIECE = 64 * 1024;

    private SocketPair sockets;
    private Fake worker;
    private Link link;
    private Download download;
    private Upload upload;

    @BeforeEach
    void open() throws IOException {
        sockets = SocketPair.open();
        worker = new Fake(sockets, new ArrayDeque<>());
        link = new Link(sockets.ours());
        download = new Download(1, link);
        upload = new Upload(1, link);
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        sockets.close();
    }

    private Collector subscribe() {
        return Collector.subscribed(new Response(200, Headers.EMPTY, new Body.Stream(download, -1), Source.WORKER));
    }

    @Test
    void unreadBuffersAreKept() {
        for (int i = 0; i < 4; i++) download.data(ByteBuffer.allocate(PIECE));
        Collector collector = subscribe();
        assertThat(collector.size()).isZero();
        collector.request(1);
        assertThat(collector.size()).isEqualTo(PIECE);
        collector.request(2);
        assertThat(collector.size()).isEqualTo(3 * PIECE);
    }

    @Test
    void creditIsSentForDeliveredBytes() throws IOException {
        Collector collector = subscribe();
        for (int i = 0; i < 4; i++) download.data(ByteBuffer.allocate(PIECE));
        collector.request(2);
        assertThat(worker.receive().payload()).isEqualTo("\0\2\0\0");
        collector.request(1);
        collector.cancel();
        assertThat(worker.receive().type()).as("no credit for half of a half").isEqualTo(Frame.CANCEL);
    }

    @Test
    void theEndNeedsNoDemand() {
        Collector collector = subscribe();
        download.end(null);
        assertThat(collector.ended).isCompleted();
    }

    @Test
    void buffersBeforeAnErrorAreDeliveredFirst() {
        download.data(ByteBuffer.allocate(3));
        download.end(new IOException("broke off"));
        Collector collector = subscribe();
        assertThat(collector.ended).isNotDone();
        collector.request(1);
        assertThat(collector.size()).isEqualTo(3);
        assertThatThrownBy(() -> collector.ended.get()).hasRootCauseMessage("broke off");
    }

    @Test
    void nothingComesAfterCancellingACompleteBody() throws IOException {
        Collector collector = subscribe();
        download.data(ByteBuffer.allocate(3));
        download.end(null);
        collector.cancel();
        collector.request(1);
        assertThat(collector.size()).isZero();
        link.send(Frame.empty(Frame.PING, 0));
        assertThat(worker.receive().type()).as("there is nothing to cancel").isEqualTo(Frame.PING);
    }

    @Test
    void aBodyHasOneSubscriber() {
        subscribe();
        assertThatThrownBy(this::subscribe).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSubscriberThatFailsIsNotTheWorkersFault() throws IOException {
        download.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ByteBuffer item) {
                throw new IllegalStateException("the front is broken");
            }

            @Override
            public void onError(Throwable error) {}

            @Override
            public void onComplete() {}
        });
        download.data(ByteBuffer.allocate(3));
        assertThat(worker.receive().type()).isEqualTo(Frame.CANCEL);
    }

    @Test
    void anUploadStopsAtTheWindowAndContinuesWithCredit() {
        Requests.Zeros body = new Requests.Zeros(Long.MAX_VALUE, 10_000);
        body.subscribe(upload);
        long first = body.given.get();
        assertThat(first).isBetween((long) Frame.WINDOW, Frame.WINDOW + 10_000L);
        upload.credit(1);
        assertThat(body.given).as("it is in debt").hasValue(first);
        upload.credit(20_000);
        assertThat(body.given.get()).isBetween(first + 10_000, first + 30_000);
    }

    @Test
    void anUploadThatIsNotWantedIsCancelledWheneverItBegins() {
        upload.end();
        Requests.Zeros body = new Requests.Zeros(Long.MAX_VALUE, 10_000);
        body.subscribe(upload);
        assertThat(body.cancelled).isDone();
        assertThat(body.given).hasValue(0);
    }

    @Test
    void onePieceThatIsLargerThanTheWindowIsSplit() throws IOException {
        new Requests.Zeros(Frame.WINDOW + 100, Frame.WINDOW + 100).subscribe(upload);
        Thread sends = new Thread(() -> {
            try {
                link.receive((type, id, payload) -> {});
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        sends.setDaemon(true);
        sends.start();
        assertThat(worker.receive().payload()).hasSize(Frame.WINDOW);
        assertThat(worker.receive().payload()).hasSize(100);
    }
}
