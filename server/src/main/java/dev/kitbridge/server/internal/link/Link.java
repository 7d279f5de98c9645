package dev.kitbridge.server.internal.link;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** Sends and receives frames. Sending never blocks: frames that do not fit into the buffer of the socket are queued. */
public final class Link implements Closeable {

    /** Receives frames; a payload is valid during the call only. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * The payload lies between the buffer's position and its limit.
         *
         * @throws IOException if the other side breaks the protocol; this closes the link
         */
        void frame(byte type, int id, ByteBuffer payload) throws IOException;

        /** Reports a frame whose payload exceeds the limit and is skipped. The default closes the link. */
        default void tooLarge(byte type, int id, int length) throws IOException {
            throw new IOException("a frame has " + length + " bytes, which exceeds the limit");
        }
    }

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<ByteBuffer> unsent = new ArrayDeque<>();
    private final int largest;
    private final ByteBuffer common = ByteBuffer.allocateDirect(Frame.HEADER + Frame.LARGEST);

    private ByteBuffer received = common;
    private long skipped;
    private final AtomicLong waiting = new AtomicLong();

    /** Creates a link for frames up to {@link Frame#LARGEST}. */
    public Link(SocketChannel channel) throws IOException {
        this(channel, Frame.LARGEST);
    }

    /**
     * @param channel connected; the link closes it
     * @param largest limit of a payload in bytes
     */
    public Link(SocketChannel channel, int largest) throws IOException {
        this.channel = channel;
        this.largest = largest;
        this.selector = Selector.open();
        channel.configureBlocking(false);
        this.key = channel.register(selector, SelectionKey.OP_READ);
    }

    /** Sends a frame from any thread. If the link is broken, the frame is dropped, and {@link #receive} returns. */
    public void send(ByteBuffer frame) {
        lock.lock();
        try {
            if (unsent.isEmpty()) channel.write(frame);
            if (!frame.hasRemaining()) return;
            unsent.add(frame);
            waiting.addAndGet(frame.remaining());
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            selector.wakeup();
        } catch (IOException | java.nio.channels.CancelledKeyException e) {
            selector.wakeup();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the approximate number of queued bytes. */
    public long waiting() {
        return waiting.get();
    }

    /** Delivers all frames until the other side, or {@link #close}, closes the link. */
    public void receive(Receiver receiver) throws IOException {
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
        while (skip() && received.remaining() >= Frame.HEADER) {
            int start = received.position();
            int length = received.getInt(start);
            byte type = received.get(start + 4);
            int id = received.getInt(start + 5);
            if (length < 0) throw new IOException("a frame has a length of " + length);
            if (length > largest) {
                receiver.tooLarge(type, id, length);
                skipped = Frame.HEADER + (long) length;
                continue;
            }
            if (Frame.HEADER + length > received.capacity()) {
                received =
                        ByteBuffer.allocate(Frame.HEADER + length).put(received).flip();
                return;
            }
            int end = start + Frame.HEADER + length;
            if (end > received.limit()) return;
            int limit = received.limit();
            received.limit(end).position(start + Frame.HEADER);
            receiver.frame(type, id, received);
            received.limit(limit).position(end);
        }
        // the buffer was replaced for one large frame
        if (!received.isDirect() && received.remaining() <= common.capacity()) {
            received = common.clear().put(received).flip();
        }
    }

    /** Skips the remaining bytes of a frame that exceeded the limit. Returns whether all are skipped. */
    private boolean skip() {
        int count = (int) Math.min(skipped, received.remaining());
        received.position(received.position() + count);
        skipped -= count;
        return skipped == 0;
    }

    private void sendMore() throws IOException {
        lock.lock();
        try {
            for (ByteBuffer next = unsent.peek(); next != null; next = unsent.peek()) {
                waiting.addAndGet(-channel.write(next));
                if (next.hasRemaining()) return;
                unsent.remove();
            }
            key.interestOps(SelectionKey.OP_READ);
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the link is open. */
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Closes the link; {@link #receive} then returns. */
    @Override
    public void close() {
        try {
            channel.close();
            selector.close();
        } catch (ClosedChannelException e) {
            // already closed
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
