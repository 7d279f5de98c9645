package dev.kitbridge.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.server.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application whose own port has TLS and HTTP/2. */
@Timeout(120)
class TlsTest {

    private static RunningShop shop;
    private static HttpClient client;

    @BeforeAll
    static void start(@TempDir Path temp) throws Exception {
        TestCertificate certificate = TestCertificate.make(temp, "EC");
        List<String> properties = List.of(
                "server.ssl.key-store=" + certificate.store(),
                "server.ssl.key-store-password=" + TestCertificate.PASSWORD,
                "server.http2.enabled=true",
                "server.forward-headers-strategy=framework");
        shop = RunningShop.start(temp, properties, ShopApplication.class);
        client = HttpClient.newBuilder().sslContext(certificate.context()).build();
    }

    @AfterAll
    static void stop() {
        client = null;
        shop.close();
    }

    private static HttpResponse<String> get(String target) throws Exception {
        return client.send(shop.as("anna", target).build(), BodyHandlers.ofString());
    }

    @Test
    void aFetchOfThePageReachesAControllerWithoutLeavingTheMachine() throws Exception {
        HttpResponse<String> page = get("/fetch?url=/api/who");
        assertThat(page.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(page.body()).isEqualTo("200 anna at 127.0.0.1 of " + shop.origin() + "/api/who");
        assertThat(get("/fetch?url=/api/secret").body()).isEqualTo("200 secret");
        assertThat(get("/fetch?url=/missing").body()).startsWith("404 ").doesNotContain("<h1>");
    }

    @Test
    void aResponseThatBreaksOffDoesNotSeemComplete() throws Exception {
        for (String name : List.of("off", "sized")) {
            HttpResponse<InputStream> response =
                    client.send(shop.request("/breaks?" + name).build(), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                assertThat(body.readNBytes(10)).hasSize(10);
                assertThat(get("/open?" + name).body()).isEqualTo("open");
                assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void aPrefixOfAProxyIsNotPartOfThePathsOfPages() throws Exception {
        var request =
                shop.request("/url").header("x-forwarded-prefix", "/shop").header("x-forwarded-host", "shop.example");
        assertThat(client.send(request.build(), BodyHandlers.ofString()).body())
                .isEqualTo("GET https://shop.example/url");
    }
}
