package dev.kitbridge.services;

import static dev.kitbridge.server.Requests.await;
import static dev.kitbridge.server.TestApp.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.platform.PlatformService;
import dev.kitbridge.server.Await;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.Requests;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.Server;
import dev.kitbridge.server.ServiceLimits;
import dev.kitbridge.server.TestApp;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of a service do not affect other calls of the same worker; each test ends with such a call. */
class ServiceFaultsTest {

    /** A service with one method per fault. */
    @PlatformService("faults")
    public interface Faults {
        String quick();

        /** Ignores interrupts until the test is over. */
        @PlatformService(timeout = "500ms")
        void spin();

        String interruptsItself();

        byte[] memory();

        void stack();

        void dies();

        void silent();

        CompletionStage<String> stageThatFails();

        Stream<String> rowsThatFail();

        Stream<String> rowsThatCloseBadly();

        Stream<String> rowsThatCloseNever();

        @PlatformService(timeout = "500ms")
        CompletionStage<String> stageThatEndsNever();

        @PlatformService(timeout = "500ms")
        Flow.Publisher<String> publisherThatCancelsNever();

        Iterable<String> endless();
    }

    /** An exception whose methods throw. */
    private static final class Silent extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new AssertionError("no message");
        }

        @Override
        public String toString() {
            throw new AssertionError("no text");
        }
    }

    private final class Wrong implements Faults {

        private void hang() {
            boolean waits = true;
            while (waits) {
                try {
                    over.await();
                    waits = false;
                } catch (InterruptedException e) {
                    events.add("interrupted");
                }
            }
        }

        @Override
        public String quick() {
            return "quick";
        }

        @Override
        public void spin() {
            events.add("spins");
            while (over.getCount() > 0) Thread.onSpinWait();
        }

        @Override
        public String interruptsItself() {
            Thread.currentThread().interrupt();
            return "interrupted";
        }

        @Override
        public byte[] memory() {
            return new byte[Integer.MAX_VALUE];
        }

        @Override
        public void stack() {
            stack();
        }

        @Override
        @SuppressWarnings({"removal", "deprecation"})
        public void dies() {
            throw new ThreadDeath();
        }

        @Override
        public void silent() {
            throw new Silent();
        }

        @Override
        public CompletionStage<String> stageThatFails() {
            return CompletableFuture.failedFuture(new Silent());
        }

        @Override
        public Stream<String> rowsThatFail() {
            return Stream.<String>generate(() -> {
                        throw new IllegalStateException("no more");
                    })
                    .onClose(() -> events.add("closed"));
        }

        @Override
        public Stream<String> rowsThatCloseBadly() {
            return Stream.generate(() -> "row").onClose(() -> {
                events.add("closed");
                throw new AssertionError("cannot be closed");
            });
        }

        @Override
        public Stream<String> rowsThatCloseNever() {
            return Stream.generate(() -> "x".repeat(300_000)).onClose(() -> {
                events.add("closes");
                hang();
            });
        }

        @Override
        public CompletionStage<String> stageThatEndsNever() {
            CompletableFuture<String> stage = new CompletableFuture<>();
            stage.whenComplete((result, error) -> {
                events.add("cancels");
                hang();
            });
            return stage;
        }

        @Override
        public Flow.Publisher<String> publisherThatCancelsNever() {
            return subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long count) {
                    events.add("asked");
                }

                @Override
                public void cancel() {
                    events.add("cancels");
                    hang();
                }
            });
        }

        @Override
        public Iterable<String> endless() {
            return () -> new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public String next() {
                    return "row";
                }
            };
        }
    }

    @TempDir
    Path folder;

    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private TestApp app;
    private Server server;

    @BeforeEach
    void open() throws Exception {
        app = TestApp.in(folder);
        open(ServiceLimits.DEFAULT.withCalls(64, 20));
    }

    private void open(ServiceLimits limits) throws Exception {
        server = Server.open(app.folder(), app.init(), new ServiceConnections(() -> PlatformServices.of(
                        Map.of(Faults.class, new Wrong()))
                .withLimits(limits)));
    }

    @AfterEach
    void otherCallsAreAnswered() {
        try {
            assertThat(faults("quick()")).isEqualTo("'quick'");
        } finally {
            over.countDown();
            server.close();
        }
    }

    private CompletableFuture<Response> send(String code) {
        String query = URLEncoder.encode(code, StandardCharsets.UTF_8).replace("+", "%20");
        Request request = Request.get(Requests.ORIGIN, "/run?" + query, Headers.EMPTY);
        return server.respond(request, RespondOptions.of("192.0.2.1"));
    }

    private String faults(String call) {
        return text(await(send("await platform.services.faults." + call)));
    }

    @Test
    void loopsThatIgnoreInterruptsGetHalfOfThePermits() throws Exception {
        List<CompletableFuture<Response>> spinning = new ArrayList<>();
        for (int i = 0; i < 12; i++) spinning.add(send("await platform.services.faults.spin()"));
        List<String> answers =
                spinning.stream().map(answer -> text(await(answer))).toList();
        assertThat(answers)
                .filteredOn(answer -> answer.startsWith("TimedOut: faults.spin took longer than 500 ms"))
                .hasSize(10);
        assertThat(answers)
                .filteredOn(answer -> answer.equals("LimitExceeded: faults.spin was not called: 10 calls of it are"
                        + " running already, and the other 10 permits are for other methods"))
                .hasSize(2);
        assertThat(faults("spin()")).startsWith("LimitExceeded");
        assertThat(faults("quick()")).isEqualTo("'quick'");
        over.countDown();
        Await.until("room", () -> !faults("spin()").startsWith("LimitExceeded"));
    }

    @Test
    void anErrorFailsItsCallOnly() {
        for (String name : List.of("memory", "stack", "dies")) {
            assertThat(faults(name + "()"))
                    .matches("ServiceFailed: faults." + name
                            + " failed; the server's log has the details under [0-9a-f]{12}");
        }
        assertThat(faults("silent()"))
                .isEqualTo("ServiceFailed: faults.silent failed, and its exception could not be read");
    }

    /** With one permit: after any answer, the permit is free. */
    @Test
    void aPermitIsFreeBeforeItsCallIsAnswered() throws Exception {
        server.close();
        open(ServiceLimits.DEFAULT.withCalls(64, 1));
        String all =
                "const { quick, silent, stageThatFails, rowsThatFail } = platform.services.faults; const names = new Set();"
                        + " for (let i = 0; i < 200; i++) {"
                        + "   for (const fails of [silent, stageThatFails]) await fails().catch((e) => names.add(e.name));"
                        + "   try { for await (const row of rowsThatFail()); } catch (e) { names.add(e.name); }"
                        + "   names.add(await quick());"
                        + " }"
                        + " return [...names]";
        assertThat(text(await(send(all)))).isEqualTo("[ 'ServiceFailed', 'quick' ]");
    }

    @Test
    void aThreadThatInterruptsItselfHasItsResultSent() {
        for (int i = 0; i < 5; i++) assertThat(faults("interruptsItself()")).isEqualTo("'interrupted'");
    }

    @Test
    void anEndlessListEndsAtTheLimit() {
        assertThat(faults("endless()")).startsWith("LimitExceeded: the result of faults.endless has more than 8388608");
    }

    @Test
    void aStreamThatFailsIsClosed() throws Exception {
        String read = "for await (const row of platform.services.faults.rowsThatFail());";
        assertThat(text(await(send(read)))).startsWith("ServiceFailed: faults.rowsThatFail failed");
        Await.until("its end", () -> events.contains("closed"));
    }

    @Test
    void anErrorWhileClosingAStreamFailsNoCall() throws Exception {
        String read = "for await (const row of platform.services.faults.rowsThatCloseBadly()) return row";
        assertThat(text(await(send(read)))).isEqualTo("'row'");
        Await.until("its end", () -> events.contains("closed"));
    }

    @Test
    void aStreamWhoseCloseHangsBlocksNoRequest() throws Exception {
        // no item is being read when the request ends: one item exceeds the window
        String leave =
                "await platform.services.faults.rowsThatCloseNever(); await new Promise((f) => setTimeout(f, 300));"
                        + " return 'left'";
        assertThat(text(await(send(leave)))).isEqualTo("'left'");
        Await.until("its end", () -> events.contains("closes"));
    }

    @Test
    void codeWhoseCancellationHangsBlocksNoTimeout() throws Exception {
        assertThat(faults("stageThatEndsNever()")).startsWith("TimedOut");
        String read = "for await (const row of platform.services.faults.publisherThatCancelsNever());";
        assertThat(text(await(send(read)))).startsWith("TimedOut");
        Await.until("both", () -> events.stream().filter("cancels"::equals).count() == 2);
        assertThat(faults("spin()")).as("the timer still runs").startsWith("TimedOut");
    }
}
