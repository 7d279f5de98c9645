package dev.kitbridge.server.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RendezvousTest {

    private static CompletableFuture<SocketChannel> await(Rendezvous rendezvous) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return rendezvous.await();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private static SocketChannel connect(Rendezvous rendezvous, String secret) throws IOException {
        SocketChannel guest = SocketChannel.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(rendezvous.address())));
        guest.write(ByteBuffer.wrap(secret.getBytes(StandardCharsets.US_ASCII)));
        return guest;
    }

    private static boolean isTurnedAway(SocketChannel guest) {
        try {
            return guest.read(ByteBuffer.allocate(1)) < 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** Nagle's algorithm would delay small frames until the other side acknowledges earlier ones, by some 40 ms. */
    @Test
    void smallFramesAreNotDelayed() throws Exception {
        try (Rendezvous rendezvous = Rendezvous.atLoopback()) {
            CompletableFuture<SocketChannel> found = await(rendezvous);
            try (SocketChannel worker = connect(rendezvous, rendezvous.secret())) {
                SocketChannel known = found.get(60, TimeUnit.SECONDS);
                assertThat(known.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
                assertThat(known.getRemoteAddress()).isEqualTo(worker.getLocalAddress());
            }
        }
    }

    @Test
    void aClientWithoutTheSecretIsRejectedAndBlocksNoOther() throws Exception {
        Rendezvous rendezvous = Rendezvous.atLoopback();
        CompletableFuture<SocketChannel> found = await(rendezvous);
        SocketChannel silent = connect(rendezvous, "");
        SocketChannel wrong = connect(rendezvous, "x".repeat(rendezvous.secret().length()));
        assertThat(isTurnedAway(wrong)).isTrue();
        SocketChannel half = connect(rendezvous, rendezvous.secret().substring(1));
        connect(rendezvous, "gone").close();
        assertThat(found).isNotDone();
        SocketChannel worker = connect(rendezvous, rendezvous.secret() + "!");
        SocketChannel known = found.get(60, TimeUnit.SECONDS);
        assertThat(known.getRemoteAddress()).isEqualTo(worker.getLocalAddress());
        assertThat(isTurnedAway(silent)).isTrue();
        assertThat(isTurnedAway(half)).isTrue();
        known.configureBlocking(true);
        ByteBuffer next = ByteBuffer.allocate(1);
        known.read(next);
        assertThat(next.flip().get())
                .as("what follows the secret is still there")
                .isEqualTo((byte) '!');
        known.close();
        worker.close();
    }

    @Test
    void manyConnectionsWithoutTheSecretDoNotBlockAWorker() throws Exception {
        Rendezvous rendezvous = Rendezvous.atLoopback();
        CompletableFuture<SocketChannel> found = await(rendezvous);
        List<SocketChannel> strangers = new ArrayList<>();
        for (int i = 0; i < 200; i++) strangers.add(connect(rendezvous, ""));
        SocketChannel worker = connect(rendezvous, rendezvous.secret());
        found.get(60, TimeUnit.SECONDS).close();
        worker.close();
        assertThat(strangers).allMatch(RendezvousTest::isTurnedAway);
    }

    @Test
    void closingEndsTheWait() throws Exception {
        Rendezvous rendezvous = Rendezvous.atLoopback();
        CompletableFuture<SocketChannel> found = await(rendezvous);
        rendezvous.close();
        assertThatThrownBy(() -> found.get(60, TimeUnit.SECONDS)).hasRootCauseInstanceOf(ClosedChannelException.class);
    }

    @Test
    void aPathThatIsTooLongIsRefused(@TempDir Path folder) {
        assertThatThrownBy(() -> Rendezvous.at(folder.resolve("x".repeat(120)))).isInstanceOf(IOException.class);
    }
}
