package dev.kitbridge.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Await;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A container's objects belong to another client's request after its last event. */
@Timeout(60)
class AsyncRequestTest {

    private final List<String> calls = new ArrayList<>();
    private final AsyncRequest request =
            AsyncRequest.start(fake(HttpServletRequest.class), fake(HttpServletResponse.class));
    private final AsyncEvent error = new AsyncEvent(fake(AsyncContext.class), new IOException("disconnected"));

    @Test
    void theLastEventWaitsForAnAccess() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Void> proceed = new CompletableFuture<>();
        var threads = Executors.newFixedThreadPool(2);
        try {
            Future<Boolean> access = threads.submit(() -> request.access(
                    () -> {
                        begun.countDown();
                        proceed.join();
                        return request.complete();
                    },
                    false));
            begun.await();
            Thread[] container = new Thread[1];
            Future<?> event = threads.submit(() -> {
                container[0] = Thread.currentThread();
                request.onError(error);
            });
            Await.until("the event", () -> container[0] != null && container[0].getState() == Thread.State.WAITING);
            assertThat(event.isDone()).isFalse();
            assertThat(calls).isEmpty();
            proceed.complete(null);
            assertThat(access.get()).isTrue();
            event.get();
            assertThat(calls).containsExactly("complete");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void noAccessFollowsTheLastEvent() throws Exception {
        List<Throwable> reasons = new ArrayList<>();
        request.onEnd(reasons::add);
        request.onError(error);
        assertThat(request.access(request::complete, false)).isFalse();
        request.onComplete(error);
        assertThat(reasons).containsExactly(error.getThrowable());
        assertThat(calls).isEmpty();
    }

    @Test
    void noAccessFollowsTheLastOfThem() throws Exception {
        assertThat(request.dispatch()).isTrue();
        assertThat(request.access(request::complete, false)).isFalse();
        assertThat(calls).containsExactly("dispatch");
    }

    @Test
    void aTimeoutEndsTheResponse() {
        request.onTimeout(error);
        assertThat(calls).containsExactly("complete");
        assertThat(request.isOver()).isTrue();
    }

    private <T> T fake(Class<T> type) {
        Object proxy = Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> switch (method.getName()) {
                    case "isAsyncSupported" -> true;
                    case "startAsync" -> fake(AsyncContext.class);
                    case "complete", "dispatch" -> {
                        calls.add(method.getName());
                        yield null;
                    }
                    case "setTimeout", "addListener" -> null;
                    default -> throw new AssertionError(method);
                });
        return type.cast(proxy);
    }
}
