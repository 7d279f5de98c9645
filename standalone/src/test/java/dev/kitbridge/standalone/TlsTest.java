package dev.kitbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.TestCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** HTTPS. */
class TlsTest extends RunningApp {

    private TestCertificate startWithTls() throws Exception {
        TestCertificate made = TestCertificate.make(temp, "EC");
        start(
                "TLS_CERT",
                made.writeCertificate(temp.resolve("cert.pem")).toString(),
                "TLS_KEY",
                made.writeKey(temp.resolve("key.pem")).toString());
        return made;
    }

    @Test
    void tlsBringsHttp2() throws Exception {
        TestCertificate made = startWithTls();
        assertThat(instance.address()).startsWith("https://127.0.0.1:");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", made.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);

        for (HttpClient.Version version : HttpClient.Version.values()) {
            HttpClient client =
                    HttpClient.newBuilder().sslContext(context).version(version).build();
            URI uri = URI.create(instance.address() + "/echo");
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.version()).isEqualTo(version);
            assertThat(json(answer.body())).containsEntry("url", uri.toString());

            URI headers = URI.create(instance.address() + "/headers");
            HttpResponse<String> large =
                    client.send(HttpRequest.newBuilder(headers).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(large.headers().allValues("set-cookie"))
                    .as("40 kB of them over " + version)
                    .hasSize(60);
            assertThat(large.body()).isEqualTo("large head");

            URI hop = URI.create(instance.address() + "/fields?connection=x-hop&keep-alive=9&x-hop=1");
            assertThat(client.send(HttpRequest.newBuilder(hop).build(), HttpResponse.BodyHandlers.ofString())
                            .body())
                    .isEqualTo("fields");
        }
        int port = ((InetSocketAddress) instance.socket()).getPort();
        assertThat(Check.get(new InetSocketAddress("127.0.0.1", port), true, "localhost", "/file.txt"))
                .isEqualTo(200);
    }

    @Test
    void aClientThatLeavesATlsConnectionCancelsItsPage() throws Exception {
        startWithTls();
        SSLContext context = Check.trusting();
        int port = ((InetSocketAddress) instance.socket()).getPort();
        try (Socket socket = context.getSocketFactory().createSocket("127.0.0.1", port)) {
            for (String request : List.of("/hold?ms=600", "/hold?ms=0", "/hold?ms=600", "/hold")) {
                socket.getOutputStream()
                        .write(("GET " + request + " HTTP/1.1\r\nhost: a.test\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                if (request.equals("/hold")) break;
                StringBuilder answer = new StringBuilder();
                while (answer.indexOf("held") < 0) {
                    int next = socket.getInputStream().read();
                    if (next < 0) throw new IOException(request + ": the connection ended after '" + answer + "'");
                    answer.append((char) next);
                }
            }
            app.awaitLine("holding ");
        }
        app.awaitLine("aborted");
    }
}
