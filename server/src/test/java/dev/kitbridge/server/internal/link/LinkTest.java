package dev.kitbridge.server.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkTest {

    private final LinkedBlockingQueue<String> frames = new LinkedBlockingQueue<>();

    private SocketPair sockets;
    private Link link;
    private Thread thread;

    @BeforeEach
    void open() throws IOException {
        sockets = SocketPair.open();
        sockets.theirs().socket().setTcpNoDelay(true);
        link = new Link(sockets.ours());
        thread = new Thread(() -> {
            try {
                link.receive((type, id, payload) -> frames.add(type + " " + id + " " + Frame.text(payload)));
                frames.add("end");
            } catch (IOException e) {
                frames.add(String.valueOf(e.getMessage()));
            }
        });
        thread.start();
    }

    @AfterEach
    void close() throws Exception {
        link.close();
        sockets.close();
        thread.join();
    }

    private String next() throws InterruptedException {
        return String.valueOf(frames.poll(60, TimeUnit.SECONDS));
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) sockets.theirs().write(bytes);
    }

    @Test
    void framesAreSplitAndJoinedAtEveryByte() throws Exception {
        byte[] all = ByteBuffer.allocate(100)
                .put(Frame.text(Frame.HEAD, 1, "head"))
                .put(Frame.empty(Frame.END, 70_000))
                .put(Frame.text(Frame.DATA, -1, "\u00ff\0"))
                .flip()
                .array();
        int length = 3 * Frame.HEADER + 4 + 2;
        for (int cut = 0; cut <= length; cut++) {
            write(ByteBuffer.wrap(all, 0, cut).slice());
            write(ByteBuffer.wrap(all, cut, length - cut).slice());
            assertThat(List.of(next(), next(), next())).containsExactly("9 1 head", "3 70000 ", "2 -1 \u00ff\0");
        }
        for (int i = 0; i < length; i++) write(ByteBuffer.wrap(all, i, 1).slice());
        assertThat(List.of(next(), next(), next())).containsExactly("9 1 head", "3 70000 ", "2 -1 \u00ff\0");
    }

    @Test
    void theLargestFrameFits() throws Exception {
        write(Frame.data(5, ByteBuffer.allocate(Frame.LARGEST)));
        assertThat(next()).hasSize("2 5 ".length() + Frame.LARGEST);
    }

    @Test
    void aLargerOneBreaksTheLink() throws Exception {
        write(ByteBuffer.allocate(9)
                .putInt(Frame.LARGEST + 1)
                .put(Frame.DATA)
                .putInt(1)
                .flip());
        assertThat(next()).isEqualTo("a frame has " + (Frame.LARGEST + 1) + " bytes, which exceeds the limit");
    }

    @Test
    void aNegativeLengthBreaksTheLink() throws Exception {
        write(ByteBuffer.allocate(9).putInt(-1).put(Frame.DATA).putInt(1).flip());
        assertThat(next()).isEqualTo("a frame has a length of -1");
    }

    @Test
    void theEndOfTheOtherSideEndsIt() throws Exception {
        sockets.theirs().close();
        assertThat(next()).isEqualTo("end");
    }

    @Test
    void sendingDoesNotWaitForTheOtherSide() throws Exception {
        int count = 400;
        byte[] content = new byte[64 * 1024];
        List<Thread> senders = new ArrayList<>();
        for (int sender = 0; sender < 4; sender++) {
            int id = sender;
            Thread sending = new Thread(() -> {
                for (int i = 0; i < count / 4; i++) link.send(Frame.data(id, ByteBuffer.wrap(content)));
            });
            sending.start();
            senders.add(sending);
        }
        // all calls return although no byte was read
        for (Thread sending : senders) sending.join(60_000);
        assertThat(senders).noneMatch(Thread::isAlive);
        DataInputStream in = new DataInputStream(Channels.newInputStream(sockets.theirs()));
        for (int i = 0; i < count; i++) {
            assertThat(in.readInt()).isEqualTo(content.length);
            assertThat(in.readByte()).isEqualTo(Frame.DATA);
            assertThat(in.readInt()).isBetween(0, 3);
            in.readFully(new byte[content.length]);
        }
    }

    @Test
    void sendingIntoAClosedLinkIsNoError() throws Exception {
        link.close();
        thread.join();
        link.send(Frame.empty(Frame.PING, 0));
        link.close();
        assertThatThrownBy(() -> new Link(sockets.ours())).isInstanceOf(IOException.class);
    }
}
