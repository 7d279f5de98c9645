package dev.kitbridge.services;

import static dev.kitbridge.server.Requests.get;
import static dev.kitbridge.server.TestApp.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Await;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.Requests;
import dev.kitbridge.server.Server;
import dev.kitbridge.server.TestApp;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose services start late, fail to start, or do not exist. */
class ServicesStartTest {

    @Test
    void withoutServicesThereAreNone(@TempDir Path other) throws Exception {
        TestApp without = TestApp.in(other);
        try (Server alone = without.open(without.init())) {
            String target = "/run?platform.services";
            assertThat(text(Requests.answer(alone, get(target)))).isEqualTo("undefined");
        }
    }

    @Test
    void failedServicesDoNotAffectPages(@TempDir Path other) throws Exception {
        TestApp broken = TestApp.in(other);
        try (Server alone = Server.open(broken.folder(), broken.init(), new ServiceConnections(() -> {
            throw new IllegalStateException("no database");
        }))) {
            String target = "/run?await%20platform.services.lab.nothing()";
            assertThat(text(Requests.answer(alone, get(target))))
                    .isEqualTo("ServiceFailed: The services could not be started; the server's log has the details");
            assertThat(text(Requests.answer(alone, get("/hello")))).isEqualTo("hello");
            assertThat(alone.figures().readyWorkers()).isPositive();
            assertThat(alone.isReady()).isFalse();
        }
    }

    @Test
    void aFailedStartIsRetried(@TempDir Path other) throws Exception {
        TestApp broken = TestApp.in(other);
        AtomicBoolean database = new AtomicBoolean();
        try (Server alone = Server.open(broken.folder(), broken.init(), new ServiceConnections(() -> {
            if (!database.get()) throw new IllegalStateException("no database");
            return PlatformServices.of(Map.of(Lab.class, new TestLab()));
        }))) {
            Request failing =
                    get("/run?await%20platform.services.lab.nothing().then(()%20=>%20'called',%20e%20=>%20e.name)");
            assertThat(text(Requests.answer(alone, failing))).isEqualTo("'ServiceFailed'");
            database.set(true);
            Await.until("the services", alone::isReady);
            assertThat(text(Requests.answer(alone, failing))).isEqualTo("'called'");
        }
    }

    @Test
    void aServerIsReadyWhenItsServicesAre(@TempDir Path other) throws Exception {
        TestApp slow = TestApp.in(other);
        CountDownLatch database = new CountDownLatch(1);
        try (Server alone = Server.open(slow.folder(), slow.init(), new ServiceConnections(() -> {
            database.await();
            return PlatformServices.of(Map.of(Lab.class, new TestLab()));
        }))) {
            Await.until("a worker", () -> alone.figures().readyWorkers() > 0);
            assertThat(alone.isReady()).isFalse();
            database.countDown();
            Await.until("the services", alone::isReady);
        }
    }
}
