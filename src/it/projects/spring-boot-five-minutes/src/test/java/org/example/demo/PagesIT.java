package org.example.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Import;
import org.springframework.core.SpringVersion;
import org.springframework.test.context.TestContextManager;

/** Two test classes with different properties: their contexts are cached, and Spring 7 pauses the one not in use. */
class PagesIT {

    @SpringBootTest(
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {"spring.security.user.password=secret", "kitbridge.workers=1"})
    @Import(Pauseable.class)
    static class One {}

    @SpringBootTest(
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {"spring.security.user.password=secret", "kitbridge.workers=1", "spring.application.name=other"})
    @Import(Pauseable.class)
    static class Other {}

    /** A bean that Spring 7 stops while it pauses the context. */
    static class Pauseable implements SmartLifecycle {

        private final AtomicBoolean running = new AtomicBoolean();

        @Override
        public void start() {
            running.set(true);
        }

        @Override
        public void stop() {
            running.set(false);
        }

        @Override
        public boolean isRunning() {
            return running.get();
        }
    }

    @Test
    void aContextServesItsPagesWhileAnotherOneIsUsedAndAfterwards() throws Exception {
        TestContextManager tests = new TestContextManager(One.class);
        tests.beforeTestClass();
        ApplicationContext one = tests.getTestContext().getApplicationContext();
        assertThat(isRunning(one)).isTrue();
        assertServesPages(one);
        tests.afterTestClass();

        TestContextManager otherTests = new TestContextManager(Other.class);
        otherTests.beforeTestClass();
        ApplicationContext other = otherTests.getTestContext().getApplicationContext();
        assertThat(other).isNotSameAs(one);
        assertThat(isRunning(one)).isEqualTo(SpringVersion.getVersion().startsWith("6."));
        assertServesPages(other);
        assertServesPages(one);
        otherTests.afterTestClass();

        TestContextManager moreTests = new TestContextManager(One.class);
        moreTests.beforeTestClass();
        assertThat(moreTests.getTestContext().getApplicationContext()).isSameAs(one);
        assertThat(isRunning(one)).isTrue();
        assertServesPages(one);
        moreTests.afterTestClass();
    }

    private static boolean isRunning(ApplicationContext context) {
        return context.getBean(Pauseable.class).isRunning();
    }

    private static void assertServesPages(ApplicationContext context) throws Exception {
        String port = context.getEnvironment().getProperty("local.server.port");
        String credentials = Base64.getEncoder().encodeToString("user:secret".getBytes());
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/"))
                .header("accept", "text/html")
                .header("authorization", "Basic " + credentials)
                .build();
        HttpResponse<String> page = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<h1>Home</h1>");
    }
}
