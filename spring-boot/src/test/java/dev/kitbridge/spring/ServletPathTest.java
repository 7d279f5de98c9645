package dev.kitbridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.PackedTestApp;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.core.io.DefaultResourceLoader;

/** Spring's servlet at a path of its own: {@code spring.mvc.servlet.path}. */
class ServletPathTest {

    @Test
    void theAppAnswersAllOtherPaths(@TempDir Path temp) throws Exception {
        ClassLoader loader = PackedTestApp.loader(temp);
        Thread.currentThread().setContextClassLoader(loader);
        SpringApplication application = new SpringApplication(new DefaultResourceLoader(loader), ShopApplication.class);
        try (var context = application.run(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.mvc.servlet.path=/spring",
                "--kitbridge.workers=1",
                "--kitbridge.paths.exclude=/legacy/**",
                "--kitbridge.cache-directory=" + temp.resolve("cache"))) {
            String origin = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
            assertThat(get(origin + "/spring/api/who")).startsWith("nobody at 127.0.0.1");
            assertThat(get(origin + "/url")).isEqualTo("GET " + origin + "/url");
            // a controller has this path below /spring
            assertThat(get(origin + "/api/who")).isEqualTo("Not Found");
            assertThat(get(origin + "/file.txt")).isEqualTo("a file");
            assertThat(get(origin + "/fetch?url=/spring/api/who")).startsWith("200 nobody");
            assertThat(get(origin + "/legacy/hello")).contains("404").isNotEqualTo("Not Found");
        } finally {
            Thread.currentThread().setContextClassLoader(ServletPathTest.class.getClassLoader());
        }
    }

    private static String get(String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("accept", "text/html")
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
