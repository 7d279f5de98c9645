package dev.kitbridge.adapters.jvm.emulate;

import dev.kitbridge.adapter.Front;
import dev.kitbridge.standalone.front.RawTargets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Passes web sockets through to Vite: that of hot reloading, and those of the app's plugins. After the response, it
 * copies bytes in both directions.
 */
final class UpgradeTunnel extends Handler.Wrapper {

    private static final int BUFFER = 16 * 1024;

    /** Timeout for Vite's response to an upgrade, in seconds. */
    private static final int PATIENCE = 30;

    private final InetSocketAddress vite;

    UpgradeTunnel(InetSocketAddress vite, Handler others) {
        super(others);
        this.vite = vite;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        boolean upgrade = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
                && "websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeader.UPGRADE.asString()))
                && request.getHeaders().contains(HttpHeader.CONNECTION, "upgrade");
        if (!upgrade) return super.handle(request, response, callback);
        // on its own thread: Vite never answers an upgrade that none of its plugins handles
        start(() -> upgrade(request, response, callback), "kitbridge-upgrade");
        return true;
    }

    private static void start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void upgrade(Request request, Response response, Callback callback) {
        SocketChannel channel = null;
        Scheduler.Task end = null;
        try {
            channel = SocketChannel.open(vite);
            // web socket messages are small, and some follow each other without a reply
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SocketChannel opened = channel;
            end = request.getComponents().getScheduler().schedule(() -> close(opened), PATIENCE, TimeUnit.SECONDS);
            write(channel, ByteBuffer.wrap(head(request).getBytes(StandardCharsets.ISO_8859_1)));
            ByteBuffer read = ByteBuffer.allocate(BUFFER);
            String[] lines = answer(channel, read).split("\r\n", -1);
            end.cancel();
            int status = Integer.parseInt(lines[0].split(" ", 3)[1]);
            response.setStatus(status);
            if (status != HttpStatus.SWITCHING_PROTOCOLS_101) {
                channel.close();
                callback.succeeded();
                return;
            }
            for (int i = 1; i < lines.length; i++) {
                int colon = lines[i].indexOf(':');
                if (colon > 0) {
                    response.getHeaders()
                            .put(
                                    lines[i].substring(0, colon),
                                    lines[i].substring(colon + 1).strip());
                }
            }
            EndPoint client = request.getConnectionMetaData().getConnection().getEndPoint();
            Executor executor = request.getComponents().getExecutor();
            request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, new Tunnel(client, executor, channel, read));
            callback.succeeded();
        } catch (IOException | RuntimeException e) {
            if (end != null) end.cancel();
            close(channel);
            Response.writeError(request, response, callback, HttpStatus.BAD_GATEWAY_502, "Vite does not answer: " + e);
        }
    }

    private static String head(Request request) {
        StringBuilder head = new StringBuilder(request.getMethod() + " " + RawTargets.of(request) + " HTTP/1.1\r\n");
        for (HttpField field : request.getHeaders()) {
            if (field.is(Front.VISITOR)) continue;
            head.append(field.getName()).append(": ").append(field.getValue()).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    /** Reads the response's head; bytes after it stay in the buffer. */
    private static String answer(SocketChannel channel, ByteBuffer buffer) throws IOException {
        while (true) {
            String text = StandardCharsets.ISO_8859_1
                    .decode(buffer.duplicate().flip())
                    .toString();
            int end = text.indexOf("\r\n\r\n");
            if (end >= 0) {
                buffer.flip().position(end + 4);
                return text.substring(0, end);
            }
            if (!buffer.hasRemaining() || channel.read(buffer) < 0) throw new IOException("no answer to an upgrade");
        }
    }

    private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) channel.write(bytes);
    }

    private static void close(@Nullable SocketChannel channel) {
        try {
            if (channel != null) channel.close();
        } catch (IOException e) {
            // the channel is closed
        }
    }

    /** Copies bytes in both directions of an upgraded connection. */
    private static final class Tunnel extends AbstractConnection implements Connection.UpgradeTo {

        private final SocketChannel vite;
        private final ByteBuffer first;
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).flip();

        /** @param first bytes that Vite sent with the head */
        Tunnel(EndPoint client, Executor executor, SocketChannel vite, ByteBuffer first) {
            super(client, executor);
            this.vite = vite;
            this.first = first;
        }

        @Override
        public void onUpgradeTo(ByteBuffer received) {
            try {
                UpgradeTunnel.write(vite, received);
            } catch (IOException e) {
                close();
            }
        }

        @Override
        public void onOpen() {
            super.onOpen();
            // a browser tab may be idle for a day
            getEndPoint().setIdleTimeout(0);
            start(this::toClient, "kitbridge-tunnel");
            fillInterested();
        }

        private void toClient() {
            try {
                send(first);
                ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
                while (vite.read(bytes.clear()) >= 0) send(bytes.flip());
            } catch (IOException | RuntimeException e) {
                // one side has disconnected
            }
            close();
        }

        private void send(ByteBuffer bytes) {
            Callback.Completable sent = new Callback.Completable();
            getEndPoint().write(sent, bytes);
            sent.join();
        }

        @Override
        public void onFillable() {
            try {
                while (true) {
                    int filled = getEndPoint().fill(buffer);
                    if (filled < 0) break;
                    if (filled == 0) {
                        fillInterested();
                        return;
                    }
                    UpgradeTunnel.write(vite, buffer);
                }
            } catch (IOException e) {
                // one side has disconnected
            }
            close();
        }

        @Override
        public void onClose(Throwable cause) {
            super.onClose(cause);
            UpgradeTunnel.close(vite);
        }
    }
}
