package dev.kitbridge.server.link;

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

/** Sends and receives frames. Sending never waits: what the socket does not take lies here until it does. */
public final class Link implements Closeable {

    /** Takes a frame; the payload is valid during the call. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * The payload lies between the buffer's position and its limit.
         *
         * @throws IOException if the other side breaks the rules, which ends the link
         */
        void frame(byte type, int id, ByteBuffer payload) throws IOException;

        /**
         * A frame has a payload that is too large, and is not received; where nothing else is said, this ends the link.
         */
        default void tooLarge(byte type, int id, int length) throws IOException {
            throw new IOException("a frame of " + length + " bytes");
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

    /** For frames of {@link Frame#LARGEST}. */
    public Link(SocketChannel channel) throws IOException {
        this(channel, Frame.LARGEST);
    }

    /**
     * @param channel connected; belongs to this from now on
     * @param largest payload in bytes
     */
    public Link(SocketChannel channel, int largest) throws IOException {
        this.channel = channel;
        this.largest = largest;
        this.selector = Selector.open();
        channel.configureBlocking(false);
        this.key = channel.register(selector, SelectionKey.OP_READ);
    }

    /** Sends a frame from any thread; one that cannot be sent any more is dropped, {@link #receive} will end. */
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

    /** Bytes of frames that the socket has not begun to take, about. */
    public long waiting() {
        return waiting.get();
    }

    /** Hands over all frames until the other side, or {@link #close}, ends the link. */
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
            if (length < 0) throw new IOException("a frame of " + length + " bytes");
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
        // it had grown for one frame
        if (!received.isDirect() && received.remaining() <= common.capacity()) {
            received = common.clear().put(received).flip();
        }
    }

    /** @return whether nothing is left that nobody wants */
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

    /** Whether nobody has closed it. */
    public boolean isOpen() {
        return channel.isOpen();
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
