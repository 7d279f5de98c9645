package dev.kitbridge.adapters.jvm.emulate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** Replaces Vite behind a front: maps the text of a request to the text of a response, and records the requests. */
final class FakeVite implements AutoCloseable {

    final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

    private final ServerSocket socket;
    private final Function<String, String> answer;

    /** @param answer maps a request's head and body to the whole response */
    FakeVite(Function<String, String> answer) throws IOException {
        this(0, answer);
    }

    FakeVite(int port, Function<String, String> answer) throws IOException {
        this.answer = answer;
        socket = new ServerSocket(port, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        start(this::accept);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "fake-vite");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                start(() -> serve(connection));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = connection.getInputStream();
            OutputStream out = connection.getOutputStream();
            while (true) {
                String head = until(in, "\r\n\r\n");
                if (head.isEmpty()) return;
                String request = head + body(in, head.toLowerCase(Locale.ROOT));
                asked.add(request);
                String response = answer.apply(request);
                out.write(response.getBytes(StandardCharsets.ISO_8859_1));
                if (response.startsWith("HTTP/1.1 101 ")) in.transferTo(out);
            }
        } catch (IOException e) {
            // the client has disconnected
        }
    }

    private static String body(InputStream in, String head) throws IOException {
        int at = head.indexOf("content-length: ");
        if (at >= 0) {
            int length = Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)));
            return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        }
        return head.contains("transfer-encoding: chunked") ? until(in, "0\r\n\r\n") : "";
    }

    private static String until(InputStream in, String end) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith(end)) {
            int next = in.read();
            if (next < 0) return "";
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
