package dev.kitbridge.standalone.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.standalone.RawClient;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Assumptions of {@link Http1Connection} about Jetty's internal classes. A new version of Jetty must pass this test.
 */
@Timeout(60)
class JettyContractTest {

    private final Server jetty = new Server();
    private final BlockingQueue<Handling> handled = new ArrayBlockingQueue<>(10);

    private ServerConnector connector;

    /** A request that the handler has not answered yet. */
    private record Handling(Request request, Response response, Callback callback) {

        Http1Connection connection() {
            return (Http1Connection) request.getConnectionMetaData();
        }

        void answer(String text) {
            org.eclipse.jetty.io.Content.Sink.write(response, true, text, callback);
        }
    }

    @BeforeEach
    void start() throws Exception {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        configuration.setHttpCompliance(HttpCompliance.RFC9110);
        connector = new ServerConnector(jetty, 1, 1, new Http1ConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        jetty.setHandler(new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                handled.add(new Handling(request, response, callback));
                return true;
            }
        });
        jetty.setRequestLog(
                (request, response) -> logged.add(request.getHttpURI().getPath() + " " + response.getStatus() + " "
                        + ((Http1Connection) request.getConnectionMetaData()).sentTarget()));
        jetty.start();
    }

    private final BlockingQueue<String> logged = new ArrayBlockingQueue<>(10);

    @AfterEach
    void stop() throws Exception {
        jetty.stop();
    }

    private RawClient connect() throws Exception {
        return new RawClient(new InetSocketAddress("127.0.0.1", connector.getLocalPort()));
    }

    private Handling next() throws Exception {
        Handling handling = handled.poll(10, TimeUnit.SECONDS);
        assertThat(handling).as("a request").isNotNull();
        return handling;
    }

    private Http1Connection only() throws Exception {
        while (connector.getConnectedEndPoints().isEmpty()) Thread.sleep(10);
        return (Http1Connection)
                connector.getConnectedEndPoints().iterator().next().getConnection();
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) Thread.sleep(10);
    }

    /** newHttpStream is called with the target as it was sent, and a target that it replaces reaches the handler. */
    @Test
    void theTargetIsKeptAsItWasSent() throws Exception {
        for (String target : new String[] {"/a%2Fb?c=%zz", "/%2e%2e/x", "/a/../../b", "http://example.org/x"}) {
            try (RawClient client = connect()) {
                client.send("GET " + target + " HTTP/1.1\r\nhost: example.org\r\n\r\n");
                Handling handling = next();
                assertThat(handling.connection().sentTarget()).isEqualTo(target);
                handling.answer("x");
                assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 200");
            }
        }
    }

    /** A request that newHttpStream rejects is answered, and logged with the path of the placeholder. */
    @Test
    void aRejectedRequestIsLoggedWithTheStandIn() throws Exception {
        try (RawClient client = connect()) {
            client.send("get /a HTTP/1.1\r\nhost: example.org\r\n\r\n");
            assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 400");
        }
        assertThat(logged.poll(10, TimeUnit.SECONDS)).isEqualTo(Http1Connection.REJECTED_TARGET + " 400 /a");
    }

    /** Another thread can read the parser's state, and the begin time of a head does not change. */
    @Test
    void theParserTellsWhereItIs() throws Exception {
        try (RawClient client = connect()) {
            Http1Connection connection = only();
            assertThat(connection.awaitsRequest()).isTrue();
            assertThat(connection.isInHead()).isFalse();
            assertThat(connection.getMessagesIn()).isZero();

            client.send("GET / HTTP/1.1\r\n");
            await(connection::isInHead);
            long begin = connection.headBegin();
            client.send("host: example.org\r\n");
            Thread.sleep(50);
            assertThat(connection.isInHead()).isTrue();
            assertThat(connection.headBegin()).isEqualTo(begin);

            client.send("\r\n");
            Handling handling = next();
            assertThat(connection.awaitsRequest()).isFalse();
            assertThat(connection.isInHead()).isFalse();
            handling.answer("x");
            client.until("\r\n\r\n");
            await(connection::awaitsRequest);
            assertThat(connection.getMessagesIn()).isOne();
        }
    }

    /** Jetty does not read the connection while a request is handled; bytes that are read then can be given back. */
    @Test
    void bytesOfTheNextRequestCanBeGivenBack() throws Exception {
        try (RawClient client = connect()) {
            client.send("GET /1 HTTP/1.1\r\nhost: example.org\r\n\r\n");
            Handling first = next();
            Http1Connection connection = first.connection();
            AbstractEndPoint endPoint = (AbstractEndPoint) connection.getEndPoint();
            assertThat(connection.isRequestBufferEmpty()).isTrue();

            CompletableFuture<Void> readable = new CompletableFuture<>();
            Callback interest = Callback.from(() -> readable.complete(null), readable::completeExceptionally);
            assertThat(endPoint.tryFillInterested(interest)).isTrue();
            client.send("GET /2 HTTP/1.1\r\nhost: example.org\r\n\r\n");
            readable.get(10, TimeUnit.SECONDS);
            ByteBuffer bytes = BufferUtil.allocate(4096);
            assertThat(endPoint.fill(bytes)).isPositive();
            assertThat(StandardCharsets.US_ASCII.decode(bytes.slice()).toString())
                    .startsWith("GET /2");
            connection.unread(bytes);

            first.answer("first");
            Handling second = next();
            assertThat(second.connection().sentTarget()).isEqualTo("/2");
            second.answer("second");
            assertThat(client.until("second")).contains("first");
        }
    }

    /** Read interest can be removed again, so that Jetty can register its own. */
    @Test
    void interestCanBeTakenAway() throws Exception {
        try (RawClient client = connect()) {
            client.send("GET /1 HTTP/1.1\r\nhost: example.org\r\n\r\n");
            Handling first = next();
            AbstractEndPoint endPoint = (AbstractEndPoint) first.connection().getEndPoint();
            assertThat(endPoint.tryFillInterested(Callback.NOOP)).isTrue();
            assertThat(endPoint.tryFillInterested(Callback.NOOP)).isFalse();
            endPoint.getFillInterest().fillable();
            first.answer("first");
            client.send("GET /2 HTTP/1.1\r\nhost: example.org\r\n\r\n");
            next().answer("second");
            client.until("second");
        }
    }

    @Test
    void aClientThatHasGoneFailsTheRequest() throws Exception {
        try (RawClient client = connect()) {
            client.send("GET / HTTP/1.1\r\nhost: example.org\r\n\r\n");
            Handling handling = next();
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            handling.request().addFailureListener(failure::complete);
            handling.connection().clientGone(new EofException("gone"));
            assertThat(failure.get(10, TimeUnit.SECONDS)).isInstanceOf(EofException.class);
            handling.callback().failed(new EofException("gone"));
        }
    }
}
