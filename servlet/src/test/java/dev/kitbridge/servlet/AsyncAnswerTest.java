package dev.kitbridge.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Response;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The order in which the threads of a container and of a worker's link may call. */
class AsyncAnswerTest {

    private final Output output = new Output();
    private boolean completed;
    private @Nullable AsyncListener container;

    @Test
    void aStreamThatBecomesReadyWhileItIsAskedIsWritten() {
        Source source = new Source();
        AsyncAnswer answer = begin(source);
        answer.onWritePossible();
        source.next("one ");
        output.unready = () -> {
            output.unready = null;
            answer.onWritePossible();
        };
        source.next("two");
        source.reader().onComplete();
        assertThat(output.text()).isEqualTo("one two");
        assertThat(completed).isTrue();
    }

    @Test
    void aChunkWaitsForTheContainer() {
        Source source = new Source();
        AsyncAnswer answer = begin(source);
        answer.onWritePossible();
        output.unready = () -> {};
        source.next("one");
        source.reader().onComplete();
        assertThat(output.text()).isEmpty();
        assertThat(completed).isFalse();
        output.unready = null;
        answer.onWritePossible();
        assertThat(output.text()).isEqualTo("one");
        assertThat(completed).isTrue();
    }

    @Test
    void aSourceThatAnswersDemandAtOnceIsWrittenCompletely() {
        Source source = new Source();
        source.demanded = () -> {
            if (source.demands > 3) return;
            source.next("piece ");
            if (source.demands == 3) source.reader().onComplete();
        };
        begin(source).onWritePossible();
        assertThat(output.text()).isEqualTo("piece piece piece ");
        assertThat(completed).isTrue();
    }

    @Test
    void aRequestThatTheContainerHasEndedIsNotTouched() throws Exception {
        Source source = new Source();
        AsyncAnswer answer = begin(source);
        answer.onWritePossible();
        assertThat(container).isNotNull();
        container.onError(new AsyncEvent(fake(AsyncContext.class), new IOException("disconnected")));
        assertThat(source.cancelled).isTrue();
        output.unready = () -> {
            throw new AssertionError("another client's output");
        };
        source.next("late");
        source.reader().onComplete();
        answer.onWritePossible();
        answer.onError(new IOException("disconnected"));
        assertThat(output.text()).isEmpty();
        assertThat(completed).isFalse();
    }

    @Test
    void aSourceThatBeginsAfterTheEndIsCancelled() throws Exception {
        Source source = new Source();
        source.late = true;
        begin(source).onWritePossible();
        assertThat(container).isNotNull();
        container.onError(new AsyncEvent(fake(AsyncContext.class), new IOException("disconnected")));
        assertThat(source.cancelled).isFalse();
        source.reader().onSubscribe(source);
        assertThat(source.cancelled).isTrue();
    }

    private AsyncAnswer begin(Source source) {
        Response found = new Response(200, Headers.EMPTY, new Body.Stream(source, -1), Response.Source.WORKER);
        HttpServletRequest request = fake(HttpServletRequest.class);
        HttpServletResponse response = fake(HttpServletResponse.class);
        AsyncAnswer answer = new AsyncAnswer(
                request,
                response,
                AsyncRequest.start(request, response),
                CompletableFuture.completedFuture(found),
                null,
                head -> {},
                head -> false);
        answer.await(output);
        return answer;
    }

    private <T> T fake(Class<T> type) {
        Object proxy = Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> switch (method.getName()) {
                    case "getMethod" -> "GET";
                    case "getProtocol" -> "HTTP/1.1";
                    case "getServletContext" -> fake(ServletContext.class);
                    case "getServerInfo" -> "a container";
                    case "start" -> {
                        ((Runnable) arguments[0]).run();
                        yield null;
                    }
                    case "complete" -> {
                        completed = true;
                        yield null;
                    }
                    case "isAsyncSupported" -> true;
                    case "startAsync" -> fake(AsyncContext.class);
                    case "addListener" -> {
                        container = (AsyncListener) arguments[0];
                        yield null;
                    }
                    case "setTimeout", "setStatus", "setHeader", "addHeader" -> null;
                    default -> throw new AssertionError(method);
                });
        return type.cast(proxy);
    }

    /** Sends what a test says. */
    private static final class Source implements Flow.Publisher<ByteBuffer>, Flow.Subscription {
        int demands;
        boolean late;
        boolean cancelled;
        Runnable demanded = () -> {};
        private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;

        Flow.Subscriber<? super ByteBuffer> reader() {
            assertThat(subscriber).isNotNull();
            return subscriber;
        }

        void next(String text) {
            assertThat(demands).isPositive();
            reader().onNext(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> reader) {
            subscriber = reader;
            if (!late) reader.onSubscribe(this);
        }

        @Override
        public void request(long n) {
            demands++;
            demanded.run();
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    private static final class Output extends ServletOutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        /** If set, isReady returns false, after this has run. */
        @Nullable
        Runnable unready;

        String text() {
            return bytes.toString(StandardCharsets.US_ASCII);
        }

        @Override
        public boolean isReady() {
            Runnable action = unready;
            if (action != null) action.run();
            return action == null;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}

        @Override
        public void write(int single) {
            bytes.write(single);
        }
    }
}
