package dev.kitbridge.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.platform.PageCache;
import dev.kitbridge.server.Await;
import dev.kitbridge.server.RequestContexts;
import dev.kitbridge.server.Revalidation;
import dev.kitbridge.server.TestApp;
import dev.kitbridge.server.internal.json.Json;
import dev.kitbridge.server.internal.link.Frame;
import dev.kitbridge.server.internal.link.SocketPair;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Services in a JVM of their own revalidate pages of their clients. */
class PageCacheClientTest {

    private static final String COMPLETE = "{\"unreached\":[]}";

    private ServiceConnections connections;

    @BeforeEach
    void open() {
        connections = new ServiceConnections(() -> PlatformServices.of(Map.of(Lab.class, new TestLab())));
        connections.openedWithoutServer();
        connections.services().join();
    }

    @AfterEach
    void close() {
        connections.close();
    }

    /** Returns the first frame of a client that has a page cache. */
    static ByteBuffer hello() {
        return ByteBuffer.allocate(Frame.HEADER + 5)
                .putInt(5)
                .put(ServiceFrame.HELLO)
                .putInt(0)
                .putInt(ServiceFrame.VERSION)
                .put((byte) 1)
                .flip();
    }

    private static Set<String> named(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).collect(LinkedHashSet::new, Set::add, Set::addAll);
    }

    private static List<String> result(CompletionStage<PageCache.Result> stage) throws Exception {
        return stage.toCompletableFuture()
                .get(TestApp.LONG.toSeconds(), TimeUnit.SECONDS)
                .unreached();
    }

    /** The other end of a connection. */
    private final class Client implements AutoCloseable {

        private final SocketPair pair = SocketPair.open();
        private final DataInputStream in = new DataInputStream(Channels.newInputStream(pair.theirs()));
        private int number;

        Client(ByteBuffer hello) throws IOException {
            connections.connect(pair.ours(), new RequestContexts());
            write(hello);
        }

        void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) pair.theirs().write(bytes);
        }

        /** Returns the JSON of the next revalidation. */
        Object revalidation() throws Exception {
            return CompletableFuture.supplyAsync(() -> {
                        try {
                            byte[] text = new byte[in.readInt()];
                            assertThat(in.readByte()).isEqualTo(ServiceFrame.REVALIDATE);
                            number = in.readInt();
                            in.readFully(text);
                            assertThat(text.length).isLessThan(256 * 1024);
                            assertThat(new String(text, StandardCharsets.ISO_8859_1))
                                    .matches("\\p{ASCII}*");
                            return Json.read(text);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .get(TestApp.LONG.toSeconds(), TimeUnit.SECONDS);
        }

        void confirm(String json) throws IOException {
            write(ServiceFrame.json(ServiceFrame.REVALIDATED, number, json));
        }

        /** Waits until the first frame was read. */
        Client greeted() throws Exception {
            PageCache pages = connections.pageCache();
            CompletionStage<PageCache.Result> all = pages.revalidateAll();
            assertThat(revalidation()).isEqualTo(Map.of("all", true));
            confirm(COMPLETE);
            result(all);
            return this;
        }

        @Override
        public void close() {
            try {
                pair.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void aRevalidationIsCompleteWhenTheClientHasConfirmedIt() throws Exception {
        PageCache pages = connections.pageCache();
        pages.revalidateAll();
        try (Client client = new Client(hello())) {
            // the one before the connection
            assertThat(client.revalidation()).isEqualTo(Map.of("all", true));
            client.confirm(COMPLETE);
            CompletionStage<PageCache.Result> tags = pages.revalidateTags("größe:7");
            assertThat(client.revalidation()).isEqualTo(Map.of("tags", List.of("größe:7")));
            assertThat(tags.toCompletableFuture()).isNotDone();
            client.confirm(COMPLETE);
            assertThat(result(tags)).isEmpty();
            CompletionStage<PageCache.Result> paths = pages.revalidatePaths("/price");
            assertThat(client.revalidation()).isEqualTo(Map.of("paths", List.of("/price")));
            client.confirm("{\"unreached\":[\"no link\"]}");
            assertThat(result(paths)).containsExactly("no link");
            // confirmed twice
            client.confirm(COMPLETE);
            CompletionStage<PageCache.Result> all = pages.revalidateAll();
            assertThat(client.revalidation()).isEqualTo(Map.of("all", true));
            client.confirm(COMPLETE);
            assertThat(result(all)).isEmpty();
        }
    }

    @Test
    void allClientsConfirm() throws Exception {
        PageCache pages = connections.pageCache();
        pages.revalidateTags("before");
        try (Client one = new Client(hello());
                Client plain = new Client(Frame.number(ServiceFrame.HELLO, 0, ServiceFrame.VERSION))) {
            assertThat(one.revalidation()).isEqualTo(Map.of("tags", List.of("before")));
            one.confirm(COMPLETE);
            try (Client two = new Client(hello())) {
                // only the first client has got the one before
                CompletionStage<PageCache.Result> first = until(two, pages);
                one.revalidation();
                one.confirm("{\"unreached\":[\"a\"]}");
                assertThat(first.toCompletableFuture()).isNotDone();
                two.confirm("{\"unreached\":[\"a\",\"b\"]}");
                assertThat(result(first)).containsExactly("a", "b");
            }
            // a client without a page cache gets nothing
            assertThat(plain.in.available()).isZero();
        }
    }

    /** Revalidates when the connection of a client is known. */
    private CompletionStage<PageCache.Result> until(Client client, PageCache pages) throws Exception {
        Await.until("both clients", () -> connections.pageCaches().size() == 2);
        CompletionStage<PageCache.Result> result = pages.revalidateTags("after");
        assertThat(client.revalidation()).isEqualTo(Map.of("tags", List.of("after")));
        return result;
    }

    @Test
    void aClientThatDisconnectsIsNamed() throws Exception {
        CompletionStage<PageCache.Result> result;
        connections.pageCache().revalidateTags("before");
        try (Client client = new Client(hello())) {
            client.revalidation();
            client.confirm(COMPLETE);
            result = connections.pageCache().revalidateTags("after");
            client.revalidation();
        }
        assertThat(result(result)).containsExactly("the preview has closed its connection to the services");
        Await.until("its end", () -> connections.pageCaches().size() == 0);
        // nothing is kept without it
        assertThat(result(connections.pageCache().revalidateTags("later"))).isEmpty();
    }

    @Test
    void manyNamesAreSentInSeveralFrames() throws Exception {
        PageCacheClients clients = connections.pageCaches();
        Set<String> tags = named("é".repeat(60), 3000);
        Set<String> paths = named("/" + "p".repeat(8000), 100);
        try (Client client = new Client(hello())) {
            Await.until("the client", () -> clients.size() == 1);
            CompletionStage<Revalidation.Result> result = clients.revalidate(new Revalidation(paths, tags, false));
            Set<Object> received = new LinkedHashSet<>();
            int frames = 0;
            while (received.size() < tags.size() + paths.size()) {
                Map<?, ?> names = (Map<?, ?>) client.revalidation();
                names.values().forEach(list -> received.addAll((List<?>) list));
                client.confirm(frames++ == 1 ? "{\"unreached\":[\"the second\"]}" : COMPLETE);
            }
            assertThat(received).containsAll(tags).containsAll(paths);
            assertThat(frames).isGreaterThan(8);
            assertThat(result.toCompletableFuture()
                            .get(TestApp.LONG.toSeconds(), TimeUnit.SECONDS)
                            .unreached())
                    .containsExactly("the second");
        }
    }

    @Test
    void revalidationsWithoutAClientAreRememberedUpToALimit() throws Exception {
        PageCacheClients clients = connections.pageCaches();
        for (int i = 0; i < 3; i++) clients.revalidate(Revalidation.ofTags("t" + i));
        try (Client client = new Client(hello())) {
            for (int i = 0; i < 3; i++) assertThat(client.revalidation()).isEqualTo(Map.of("tags", List.of("t" + i)));
        }
        Await.until("its end", () -> clients.size() == 0);
        for (int i = 0; i < 1000; i++) clients.revalidate(Revalidation.ofTags("t" + i));
        try (Client client = new Client(hello())) {
            assertThat(client.revalidation()).isEqualTo(Map.of("all", true));
            client.confirm(COMPLETE);
            client.greeted();
        }
    }
}
