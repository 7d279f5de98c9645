package dev.kitbridge.standalone;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** An HTTP/1.1 client that sends any bytes. */
public final class RawClient implements Closeable {

    private final SocketChannel channel;
    private final InputStream in;

    public RawClient(SocketAddress address) throws IOException {
        channel = SocketChannel.open(address);
        in = Channels.newInputStream(channel);
    }

    public RawClient send(String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
        return this;
    }

    public RawClient get(String target) throws IOException {
        return send("GET " + target + " HTTP/1.1\r\nhost: a.test\r\n\r\n");
    }

    /** Closes the sending direction only. */
    public RawClient endOutput() throws IOException {
        channel.shutdownOutput();
        return this;
    }

    /** One response with a {@code content-length}, status line and headers included. */
    public String response() throws IOException {
        String head = until("\r\n\r\n");
        int at = head.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
        if (at < 0) return head;
        int length = Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)));
        return head + new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    public String until(String end) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith(end)) {
            int next = in.read();
            if (next < 0) throw new IOException("the connection ended after '" + bytes + "'");
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    /** Everything until the server closes the connection. */
    public String rest() throws IOException {
        try {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
