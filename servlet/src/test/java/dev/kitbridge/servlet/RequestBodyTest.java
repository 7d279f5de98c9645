package dev.kitbridge.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The order in which a container's threads may call. */
class RequestBodyTest {

    private final Input input = new Input(50_000);
    private final HttpServletRequest request = fake(HttpServletRequest.class);
    private final AsyncRequest async = AsyncRequest.start(request, fake(HttpServletResponse.class));
    private final RequestBody body = new RequestBody(request, async);
    private final Reader reader = new Reader();

    @Test
    void bytesThatWereNotReadYetFollowTheContainersLastCall() throws Exception {
        body.open();
        body.subscribe(reader);
        body.onDataAvailable();
        reader.request(1);
        // Tomcat has all data, the app does not
        body.onAllDataRead();
        assertThat(reader.complete).isFalse();
        reader.request(10);
        assertThat(reader.bytes.size()).isEqualTo(50_000);
        assertThat(reader.complete).isTrue();
    }

    @Test
    void theEndNeedsNoDemand() throws Exception {
        body.open();
        body.subscribe(reader);
        reader.request(4);
        assertThat(reader.bytes.size()).isZero();
        body.onDataAvailable();
        assertThat(reader.bytes.size()).isEqualTo(50_000);
        assertThat(reader.complete).isTrue();
        body.onAllDataRead();
    }

    @Test
    void aBodyMayBeEmpty() throws Exception {
        input.left = 0;
        body.open();
        body.subscribe(reader);
        body.onAllDataRead();
        assertThat(reader.complete).isTrue();
    }

    @Test
    void aRequestThatTheContainerHasEndedIsNotRead() throws Exception {
        body.open();
        body.subscribe(reader);
        body.onDataAvailable();
        async.onComplete(new AsyncEvent(fake(AsyncContext.class)));
        reader.request(10);
        assertThat(input.left).isEqualTo(50_000);
        assertThat(reader.complete).isFalse();
    }

    private <T> T fake(Class<T> type) {
        Object proxy = Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> switch (method.getName()) {
                    case "getInputStream" -> input;
                    case "isAsyncSupported" -> true;
                    case "startAsync" -> fake(AsyncContext.class);
                    case "setTimeout", "addListener" -> null;
                    default -> throw new AssertionError(method);
                });
        return type.cast(proxy);
    }

    /** Accepts each signal once, as its source promises. */
    private static final class Reader implements Flow.Subscriber<ByteBuffer> {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean complete;
        private Flow.@Nullable Subscription subscription;

        void request(long n) {
            assertThat(subscription).isNotNull();
            subscription.request(n);
        }

        @Override
        public void onSubscribe(Flow.Subscription source) {
            subscription = source;
        }

        @Override
        public void onNext(ByteBuffer content) {
            assertThat(complete).isFalse();
            bytes.write(content.array(), content.position(), content.remaining());
        }

        @Override
        public void onError(Throwable error) {
            throw new AssertionError(error);
        }

        @Override
        public void onComplete() {
            assertThat(complete).isFalse();
            complete = true;
        }
    }

    private static final class Input extends ServletInputStream {
        int left;

        Input(int left) {
            this.left = left;
        }

        @Override
        public boolean isFinished() {
            return left == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {}

        @Override
        public int read() {
            throw new AssertionError("reads single bytes");
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int read = Math.min(left, length);
            left -= read;
            return read;
        }
    }
}
