package dev.kitbridge.server.workers;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;

/** Sends and receives frames. Sending never waits: what the socket does not take lies here until it does. */
final class Link implements Closeable {

    /** Takes a frame; the payload is valid during the call. */
    @FunctionalInterface
    interface Receiver {
        void frame(byte type, int id, ByteBuffer payload);
    }

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<ByteBuffer> unsent = new ArrayDeque<>();
    private final ByteBuffer received = ByteBuffer.allocateDirect(Frame.HEADER + Frame.LARGEST);

    Link(SocketChannel channel) throws IOException {
        this.channel = channel;
        this.selector = Selector.open();
        channel.configureBlocking(false);
        this.key = channel.register(selector, SelectionKey.OP_READ);
    }

    /** Sends a frame from any thread; one that cannot be sent any more is dropped, {@link #receive} will end. */
    void send(ByteBuffer frame) {
        lock.lock();
        try {
            if (unsent.isEmpty()) channel.write(frame);
            if (!frame.hasRemaining()) return;
            unsent.add(frame);
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            selector.wakeup();
        } catch (IOException | java.nio.channels.CancelledKeyException e) {
            selector.wakeup();
        } finally {
            lock.unlock();
        }
    }

    /** Hands over all frames until the other side, or {@link #close}, ends the link. */
    void receive(Receiver receiver) throws IOException {
        while (channel.isOpen()) {
            selector.select();
            if (!key.isValid()) return;
            if (key.isWritable()) sendMore();
            if (!key.isReadable()) continue;
            int count = channel.read(received);
            if (count < 0) return;
            received.flip();
            deliver(receiver);
            received.compact();
        }
    }

    private void deliver(Receiver receiver) throws IOException {
        while (received.remaining() >= Frame.HEADER) {
            int start = received.position();
            int length = received.getInt(start);
            if (length < 0 || length > Frame.LARGEST) throw new IOException("a frame of " + length + " bytes");
            int end = start + Frame.HEADER + length;
            if (end > received.limit()) return;
            int limit = received.limit();
            received.limit(end).position(start + Frame.HEADER);
            receiver.frame(received.get(start + 4), received.getInt(start + 5), received);
            received.limit(limit).position(end);
        }
    }

    private void sendMore() throws IOException {
        lock.lock();
        try {
            for (ByteBuffer next = unsent.peek(); next != null; next = unsent.peek()) {
                channel.write(next);
                if (next.hasRemaining()) return;
                unsent.remove();
            }
            key.interestOps(SelectionKey.OP_READ);
        } finally {
            lock.unlock();
        }
    }

    /** Ends {@link #receive} too. */
    @Override
    public void close() {
        try {
            channel.close();
            selector.close();
        } catch (ClosedChannelException e) {
            // it is
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
