package dev.kitbridge.server.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Init.PageCache.Mode;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.Requests;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.TestApp;
import dev.kitbridge.server.caching.CacheCase;
import dev.kitbridge.server.caching.CacheClient;
import dev.kitbridge.server.caching.CaseRun;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The cases of {@code cases.txt}, with a clock that does not need to be waited for. */
class CacheCasesTest {

    @TempDir
    static Path folder;

    private static CachedApp app;

    @BeforeAll
    static void open() throws Exception {
        app = new CachedApp(folder, Mode.ON);
    }

    @AfterAll
    static void close() throws Exception {
        app.awaitIdle();
        app.close();
    }

    private static final CacheClient CLIENT = new CacheClient() {
        @Override
        public Reply send(String method, String target, List<String> fields) {
            boolean body = !method.equals("GET") && !method.equals("HEAD") && !method.equals("OPTIONS");
            Headers headers = Headers.of(fields.toArray(String[]::new));
            Request request = Request.of(
                    method,
                    Requests.ORIGIN,
                    target,
                    headers,
                    body ? new Body.Bytes(ByteBuffer.wrap(new byte[1])).publisher() : null);
            Response response = app.ask(request);
            List<String> received = new ArrayList<>();
            response.headers().forEach((name, value) -> {
                received.add(name.toLowerCase(Locale.ROOT));
                received.add(value);
            });
            return new Reply(response.status(), received, TestApp.text(response));
        }

        @Override
        public void pass(int seconds) {
            app.pass(Duration.ofSeconds(seconds));
        }

        @Override
        public Instant now() {
            return app.now();
        }
    };

    @TestFactory
    Stream<DynamicTest> cases() throws Exception {
        return CacheCase.all().stream()
                .map(each -> DynamicTest.dynamicTest(each.toString(), () -> {
                    String failure = new CaseRun(each, CLIENT).failure();
                    if (each.deviation().isEmpty()) assertThat(failure).isEmpty();
                    else assertThat(failure).as("the deviation of " + each).isNotEmpty();
                }));
    }

    @Test
    void theTableHasSeveralHundredCasesWithDifferentNames() throws Exception {
        List<CacheCase> all = CacheCase.all();
        assertThat(all.stream().map(CacheCase::name)).doesNotHaveDuplicates();
        assertThat(all.size()).isGreaterThanOrEqualTo(300);
        assertThat(all.stream().filter(each -> !each.deviation().isEmpty()))
                .allMatch(each -> each.level() == CacheCase.Level.MAY);
    }
}
