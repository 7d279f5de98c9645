package dev.kitbridge.server.internal.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Await;
import dev.kitbridge.server.TestApp;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessStarterTest {

    /** Uses loopback ports on a system without Unix domain sockets. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void workersConnectTwiceAndLeaveNothingBehind(boolean unix, @TempDir Path folder) throws Exception {
        TestApp app = TestApp.in(folder.resolve("app"));
        Path sockets = Files.createDirectory(folder.resolve("sockets"));
        BlockingQueue<SocketChannel> services = new LinkedBlockingQueue<>();
        ProcessStarter starter =
                new ProcessStarter(app.init(), app.folder().resolve("worker.js"), sockets, unix, services::add);
        WorkerPool pool = WorkerPool.start(app.init(), starter, Time.real(), starter::close);
        try {
            assertThat(pool.started()).succeedsWithin(TestApp.LONG);
            assertThat(services.poll(60, TimeUnit.SECONDS)).isNotNull();
            Await.until("nobody else can connect", () -> sockets.toFile().list().length == 0);
        } finally {
            pool.close("SIGTERM", Duration.ofSeconds(1));
        }
        assertThat(app.output).contains("shutdown SIGTERM");
        assertThat(sockets).doesNotExist();
    }
}
