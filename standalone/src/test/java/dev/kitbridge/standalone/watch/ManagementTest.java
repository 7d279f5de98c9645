package dev.kitbridge.standalone.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Revalidation;
import dev.kitbridge.standalone.front.Listener;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Revalidations at the management port. */
class ManagementTest {

    private static final String TOKEN = "0123456789abcdef";

    private final Queue<Revalidation> revalidations = new ConcurrentLinkedQueue<>();
    private Revalidation.Result result = Revalidation.Result.COMPLETE;
    private Management management;

    @BeforeEach
    void start() throws Exception {
        management = new Management(Listener.tcp("127.0.0.1", 0, "http", ""));
    }

    @AfterEach
    void stop() throws Exception {
        management.stop();
    }

    private void allow() {
        management.revalidate(TOKEN, revalidation -> {
            revalidations.add(revalidation);
            return CompletableFuture.supplyAsync(() -> result);
        });
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create(management.address() + "/page-cache/revalidate"));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String authorization, String body) throws Exception {
        return send(request().header("authorization", authorization).POST(BodyPublishers.ofString(body)));
    }

    @Test
    void theTokenAllowsToRevalidate() throws Exception {
        allow();
        HttpResponse<String> response = post("Bearer " + TOKEN, "{\"paths\":[\"/a\"],\"tags\":[\"b\"]}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"unreached\":[]}\n");
        assertThat(revalidations).containsExactly(new Revalidation(Set.of("/a"), Set.of("b"), false));
    }

    @ParameterizedTest
    @CsvSource({"Bearer 0123456789abcdeg", "Bearer", "Bearer 0123456789abcdef0", "Basic 0123456789abcdef", "x"})
    void nobodyElseRevalidates(String authorization) throws Exception {
        allow();
        assertThat(post(authorization, "{\"all\":true}").statusCode()).isEqualTo(401);
        assertThat(send(request().POST(BodyPublishers.ofString("{\"all\":true}")))
                        .statusCode())
                .isEqualTo(401);
        assertThat(revalidations).isEmpty();
    }

    @Test
    void withoutATokenThereIsNoSuchPath() throws Exception {
        assertThat(post("Bearer " + TOKEN, "{\"all\":true}").statusCode()).isEqualTo(404);
        assertThat(post("Bearer ", "{\"all\":true}").statusCode()).isEqualTo(404);
    }

    @Test
    void replicasThatWereNotReachedAreAnError() throws Exception {
        result = new Revalidation.Result(List.of("replica 2"));
        allow();
        HttpResponse<String> response = post("Bearer " + TOKEN, "{\"all\":true}");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("{\"unreached\":[\"replica 2\"]}\n");
    }

    @Test
    void otherMethodsAreRejected() throws Exception {
        allow();
        assertThat(send(request().header("authorization", "Bearer " + TOKEN)).statusCode())
                .isEqualTo(405);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{ | the revalidation is not valid JSON",
                "[] | the revalidation is no object",
                "{} | the revalidation names nothing; expected paths, tags or all",
                "{\"path\":\"/a\"} | 'path' is unknown; expected paths, tags or all",
                "{\"paths\":\"/a\"} | 'paths' is no array",
                "{\"tags\":[1]} | 'tags' has no strings only",
                "{\"all\":1} | 'all' is no boolean",
            })
    void anInvalidBodyIsRejected(String body, String message) throws Exception {
        allow();
        HttpResponse<String> response = post("Bearer " + TOKEN, body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo(message + "\n");
        assertThat(revalidations).isEmpty();
    }

    @Test
    void aLargeBodyIsRejected() throws Exception {
        allow();
        assertThat(post("Bearer " + TOKEN, " ".repeat(1024 * 1024 + 1)).statusCode())
                .isEqualTo(413);
    }
}
