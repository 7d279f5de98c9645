package dev.kitbridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.platform.PageCache;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class WithoutAppTest {

    @Test
    void anApplicationWithoutAnAppStartsAsBefore(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext context =
                SpringApplication.run(ShopApplication.class, "--server.port=0", "--server.address=127.0.0.1")) {
            assertThat(context.getBeansOfType(SvelteKitApp.class)).isEmpty();
            // beans that revalidate pages find one that keeps nothing
            assertThat(context.getBean(PageCache.class)).isSameAs(PageCache.none());
            assertThat(output).contains("The class path has no SvelteKit app (META-INF/kitbridge/app.properties)");
            String port = context.getEnvironment().getProperty("local.server.port");
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/who"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, BodyHandlers.ofString())
                            .body())
                    .startsWith("nobody");
        }
    }
}
