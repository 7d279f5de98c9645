package dev.kitbridge.server.internal.workers;

import dev.kitbridge.server.internal.link.Frame;
import dev.kitbridge.server.internal.link.SocketPair;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Workers without processes: the test is their other end. */
final class FakeWorkers implements WorkerProcess.Starter {

    private final BlockingQueue<Fake> started = new LinkedBlockingQueue<>();
    private final Queue<Fake> all = new ConcurrentLinkedQueue<>();

    /** Kills all workers. */
    void kill() {
        for (Fake fake : all) fake.kill();
    }

    /** Returns the next started worker. The pool knows it by then: it waits for its connection. */
    Fake next() throws InterruptedException {
        Fake fake = started.poll(60, TimeUnit.SECONDS);
        if (fake == null) throw new AssertionError("no worker was started");
        return fake;
    }

    boolean noneStarted() {
        return started.isEmpty();
    }

    @Override
    public WorkerProcess start(int number) throws IOException {
        Fake fake = new Fake(SocketPair.open(), started);
        all.add(fake);
        return fake;
    }

    /**
     * A frame.
     *
     * @param type which
     * @param id of the request
     * @param payload as text
     */
    record Received(byte type, int id, String payload) {}

    static final class Fake implements WorkerProcess {

        private final SocketPair sockets;
        private final Queue<Fake> started;
        private final DataInputStream in;
        private final CountDownLatch decided = new CountDownLatch(1);
        private volatile boolean fails;
        volatile boolean killed;

        Fake(SocketPair sockets, Queue<Fake> started) {
            this.sockets = sockets;
            this.started = started;
            this.in = new DataInputStream(Channels.newInputStream(sockets.theirs()));
        }

        /** Connects and sends READY. */
        void ready() throws IOException {
            ready(Frame.number(Frame.READY, 0, Frame.VERSION));
        }

        void ready(ByteBuffer frame) throws IOException {
            decided.countDown();
            send(frame);
        }

        /** Ends a worker before it connects. */
        void fails() {
            fails = true;
            decided.countDown();
        }

        void crash() throws IOException {
            sockets.theirs().close();
        }

        void send(ByteBuffer frame) throws IOException {
            while (frame.hasRemaining()) sockets.theirs().write(frame);
        }

        Received receive() throws IOException {
            byte[] payload = new byte[in.readInt()];
            byte type = in.readByte();
            int id = in.readInt();
            in.readFully(payload);
            return new Received(type, id, new String(payload, StandardCharsets.ISO_8859_1));
        }

        /** Returns the next frame of that type, and skips others. */
        Received receive(byte type) throws IOException {
            Received frame = receive();
            while (frame.type() != type) frame = receive();
            return frame;
        }

        void answer(int id, String body) throws IOException {
            String head = "200";
            ByteBuffer payload = ByteBuffer.allocate(4 + head.length() + body.length())
                    .putInt(head.length())
                    .put(head.getBytes(StandardCharsets.ISO_8859_1))
                    .put(body.getBytes(StandardCharsets.ISO_8859_1))
                    .flip();
            send(Frame.text(
                    Frame.ANSWER,
                    id,
                    StandardCharsets.ISO_8859_1.decode(payload).toString()));
        }

        void pong(long heap, long limit, long all) throws IOException {
            send(ByteBuffer.allocate(Frame.HEADER + 24)
                    .putInt(24)
                    .put(Frame.PONG)
                    .putInt(0)
                    .putLong(heap)
                    .putLong(limit)
                    .putLong(all)
                    .flip());
        }

        @Override
        public SocketChannel connect() throws IOException {
            started.add(this);
            try {
                decided.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (fails) throw new IOException("exited with code 1");
            return sockets.ours();
        }

        @Override
        public String awaitExit(Duration limit) {
            return "exited with code 0";
        }

        @Override
        public void kill() {
            killed = true;
            try {
                if (decided.getCount() > 0) fails();
                else crash();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            try {
                sockets.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
