package dev.kitbridge.standalone.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** A slow client and a fast source. */
class StreamSendingTest {

    /** A write that the client has not read yet. */
    private record Write(boolean last, String text, Callback callback) {}

    private final List<Write> writes = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();
    private final StreamSending sending = new StreamSending(
            response(), Callback.from(() -> ends.add("succeeded"), failure -> ends.add(failure.getMessage())));

    private int wanted;
    private boolean cancelled;

    private Response response() {
        return (Response) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Response.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("write");
                    String text = StandardCharsets.UTF_8
                            .decode((ByteBuffer) arguments[1])
                            .toString();
                    writes.add(new Write((boolean) arguments[0], text, (Callback) arguments[2]));
                    return null;
                });
    }

    private void subscribe() {
        sending.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                wanted += (int) n;
            }

            @Override
            public void cancel() {
                cancelled = true;
            }
        });
    }

    private Write takeWrite() {
        assertThat(writes).hasSize(1);
        return writes.remove(0);
    }

    @Test
    void asksForTheNextPieceWhenTheLastIsTaken() {
        subscribe();
        assertThat(wanted).isZero();
        takeWrite().callback().succeeded();
        assertThat(wanted).isOne();

        sending.onNext(ByteBuffer.wrap("a".getBytes(StandardCharsets.UTF_8)));
        Write piece = takeWrite();
        assertThat(piece.text()).isEqualTo("a");
        assertThat(wanted).isOne();
        piece.callback().succeeded();
        assertThat(wanted).isEqualTo(2);

        sending.onComplete();
        Write last = takeWrite();
        assertThat(last.last()).isTrue();
        last.callback().succeeded();
        assertThat(ends).containsExactly("succeeded");
    }

    @Test
    void writesTheEndWhenTheLastPieceIsTaken() {
        subscribe();
        takeWrite().callback().succeeded();
        sending.onNext(ByteBuffer.wrap("a".getBytes(StandardCharsets.UTF_8)));
        Write piece = takeWrite();

        sending.onComplete();
        // Jetty would treat it as an error, and abort the response
        assertThat(writes).isEmpty();

        piece.callback().succeeded();
        Write last = takeWrite();
        assertThat(last.last()).isTrue();
        assertThat(wanted).isOne();
        last.callback().succeeded();
        assertThat(ends).containsExactly("succeeded");
    }

    @Test
    void anEmptyBodyEndsWithItsHead() {
        subscribe();
        sending.onComplete();
        takeWrite().callback().succeeded();
        assertThat(takeWrite().last()).isTrue();
    }

    @Test
    void failsOnce() {
        subscribe();
        Write head = takeWrite();
        sending.onComplete();
        head.callback().failed(new IllegalStateException("gone"));
        sending.cancel(new IllegalStateException("gone again"));
        assertThat(ends).containsExactly("gone");
        assertThat(cancelled).isTrue();
        assertThat(writes).isEmpty();
    }
}
