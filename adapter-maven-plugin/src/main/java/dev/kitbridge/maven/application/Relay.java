package dev.kitbridge.maven.application;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a browser, passed on to the application. If the application restarts between two requests of a
 * connection, the second one goes to the new application.
 */
final class Relay implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;

    private static final int END_OF_HEAD = 0x0d0a0d0a;

    private final SocketChannel client;
    private final ApplicationPort port;
    private final boolean plain;

    private volatile @Nullable SocketChannel server;

    /** Whether the client has sent something since the last bytes of the application. */
    private volatile boolean awaitsAnswer;

    private ApplicationPort.@Nullable Target target;

    /** @param plain whether the connection has no TLS, which binds it to one application */
    Relay(SocketChannel client, ApplicationPort port, boolean plain) {
        this.client = client;
        this.port = port;
        this.plain = plain;
    }

    /** Passes bytes on until one side ends. */
    void run() throws IOException, InterruptedException {
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        Thread back = null;
        while (client.read(buffer.clear()) >= 0) {
            buffer.flip();
            SocketChannel open = server;
            boolean begins = !awaitsAnswer;
            // before the port is asked, so that an application does not end in between
            awaitsAnswer = true;
            if (open == null || (begins && isOutdated())) {
                awaitsAnswer = false;
                if (open != null && !plain) return;
                server = null;
                ApplicationPort.close(open);
                open = connect(buffer);
                if (open == null) return;
                server = open;
                back = ApplicationPort.daemon(answers(open), "kitbridge-application-answer");
                back.start();
            }
            awaitsAnswer = true;
            while (buffer.hasRemaining()) open.write(buffer);
        }
        // the client has sent everything, and may still read
        SocketChannel last = server;
        if (last != null) last.shutdownOutput();
        if (back != null) back.join();
    }

    private boolean isOutdated() {
        ApplicationPort.Target last = target;
        return last != null && port.hasChangedSince(last);
    }

    /** Connects to the application; returns null if the client was answered instead, or the port was closed. */
    private @Nullable SocketChannel connect(ByteBuffer request) throws IOException, InterruptedException {
        while (true) {
            ApplicationPort.Target next = port.await(target);
            if (next == null) return null;
            target = next;
            if (next.failure() != null) {
                if (plain) refuse(request, next.failure());
                return null;
            }
            try {
                SocketChannel open =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), next.port()));
                open.setOption(StandardSocketOptions.TCP_NODELAY, true);
                return open;
            } catch (ConnectException e) {
                // it has just ended: the port will have another target
            }
        }
    }

    private Runnable answers(SocketChannel from) {
        return () -> {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            try {
                while (from.read(buffer.clear()) >= 0) {
                    buffer.flip();
                    awaitsAnswer = false;
                    while (buffer.hasRemaining()) client.write(buffer);
                }
            } catch (IOException e) {
                // one side has disconnected
            }
            // otherwise the client would wait for more
            if (from.equals(server)) ApplicationPort.close(client);
        };
    }

    /** Reads the head first: a connection that is closed with unread bytes is reset, and the page lost. */
    private void refuse(ByteBuffer begun, String page) throws IOException {
        int last = 0;
        ByteBuffer buffer = begun;
        while (last != END_OF_HEAD) {
            while (buffer.hasRemaining() && last != END_OF_HEAD) last = last << 8 | (buffer.get() & 0xff);
            if (last != END_OF_HEAD && client.read(buffer.clear()) < 0) return;
            if (last != END_OF_HEAD) buffer.flip();
        }
        byte[] body = page.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: "
                + body.length + "\r\ncache-control: no-store\r\nretry-after: 1\r\n" + FailurePage.HEADER
                + ": true\r\nconnection: close\r\n\r\n";
        ByteBuffer answer = ByteBuffer.allocate(head.length() + body.length)
                .put(head.getBytes(StandardCharsets.US_ASCII))
                .put(body)
                .flip();
        while (answer.hasRemaining()) client.write(answer);
        client.shutdownOutput();
    }

    /** Returns whether the application has a request of this connection, and has not begun to answer it. */
    boolean awaitsAnswer() {
        return awaitsAnswer;
    }

    @Override
    public void close() {
        ApplicationPort.close(server);
    }
}
