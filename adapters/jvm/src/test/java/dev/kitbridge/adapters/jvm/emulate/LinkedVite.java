package dev.kitbridge.adapters.jvm.emulate;

import dev.kitbridge.server.internal.link.Frame;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** Replaces Vite's preview behind a front that keeps pages: answers over a worker's link, and records the requests. */
final class LinkedVite implements AutoCloseable {

    /** Heads of the connections. */
    final BlockingQueue<String> connected = new LinkedBlockingQueue<>();

    /** Methods, URLs and headers of the requests, separated by spaces. */
    final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

    private final BlockingQueue<String> revalidated = new LinkedBlockingQueue<>();
    private final BlockingQueue<Socket> links = new LinkedBlockingQueue<>();
    private final ServerSocket socket;
    private final Function<String, Answer> answer;

    /** @param head status, names and values, separated by NUL, as in a frame */
    record Answer(String head, String body) {}

    /** @param answer maps the path of a request to its response */
    LinkedVite(Function<String, Answer> answer) throws IOException {
        this.answer = answer;
        socket = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        start(() -> {
            while (true) serve(socket.accept());
        });
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void start(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        // closed
                    }
                },
                "linked-vite");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket connection) throws IOException {
        DataInputStream in = new DataInputStream(connection.getInputStream());
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) head.write(in.readByte());
        connected.add(head.toString(StandardCharsets.ISO_8859_1));
        String site = "{\"kit\":\"3.2.0\",\"base\":\"\",\"origin\":\"\",\"errorPage\":\"\"}";
        String upgraded = "HTTP/1.1 101 Switching Protocols\r\nkitbridge-site: "
                + URLEncoder.encode(site, StandardCharsets.UTF_8) + "\r\n\r\n";
        connection.getOutputStream().write(upgraded.getBytes(StandardCharsets.ISO_8859_1));
        send(connection, Frame.number(Frame.READY, 0, Frame.VERSION));
        links.add(connection);
        start(() -> read(connection, in));
    }

    private void read(Socket connection, DataInputStream in) throws IOException {
        while (true) {
            byte[] payload = new byte[in.readInt()];
            byte type = in.readByte();
            int id = in.readInt();
            in.readFully(payload);
            String text = new String(payload, StandardCharsets.ISO_8859_1);
            if (type == Frame.REVALIDATED) revalidated.add(text);
            if (type != Frame.REQUEST) continue;
            String[] parts = text.split("\0", 7);
            asked.add(parts[0] + " " + parts[1] + (parts.length < 7 ? "" : " " + parts[6].replace('\0', ' ')));
            Answer found = answer.apply(parts[1].replaceFirst("^\\w+://[^/]*", ""));
            byte[] head = found.head().getBytes(StandardCharsets.ISO_8859_1);
            byte[] body = found.body().getBytes(StandardCharsets.ISO_8859_1);
            ByteBuffer whole = ByteBuffer.allocate(4 + head.length + body.length)
                    .putInt(head.length)
                    .put(head)
                    .put(body)
                    .flip();
            send(connection, Frame.of(Frame.ANSWER, id, whole));
        }
    }

    /** Calls {@code platform.cache.revalidate} as the app does. Returns what it resolves to. */
    String revalidate(String json) throws Exception {
        Socket link = links.take();
        links.add(link);
        send(link, Frame.text(Frame.REVALIDATE, 1, json));
        return revalidated.take();
    }

    private static void send(Socket connection, ByteBuffer frame) throws IOException {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        OutputStream out = connection.getOutputStream();
        synchronized (connection) {
            out.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket link : links) link.close();
    }
}
