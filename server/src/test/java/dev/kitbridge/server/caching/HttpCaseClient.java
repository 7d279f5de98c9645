package dev.kitbridge.server.caching;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A client of a server that speaks HTTP/1.1, with a connection for each request. Time passes as it does.
 *
 * @param server address of the cache
 * @param app address of the app itself
 */
public record HttpCaseClient(InetSocketAddress server, InetSocketAddress app) implements CacheClient {

    private static final int TIMEOUT_MILLIS = 20_000;

    @Override
    public Reply send(String method, String target, List<String> fields) throws IOException {
        return send(server, method, target, fields);
    }

    @Override
    public Reply ask(String target) throws IOException {
        return send(app, "GET", target, List.of());
    }

    private static Reply send(InetSocketAddress address, String method, String target, List<String> fields)
            throws IOException {
        StringBuilder head =
                new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        head.append("host: localhost\r\nconnection: close\r\n");
        for (int i = 0; i < fields.size(); i += 2) {
            head.append(fields.get(i)).append(": ").append(fields.get(i + 1)).append("\r\n");
        }
        boolean body = !method.equals("GET") && !method.equals("HEAD") && !method.equals("OPTIONS");
        head.append(body ? "content-length: 1\r\n\r\nx" : "\r\n");
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(address.getAddress(), address.getPort()), TIMEOUT_MILLIS);
            socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            return read(new BufferedInputStream(socket.getInputStream()), method.equals("HEAD"));
        }
    }

    private static Reply read(InputStream in, boolean head) throws IOException {
        String status = line(in);
        if (!status.startsWith("HTTP/1.")) throw new IOException("no response: " + status);
        int code = Integer.parseInt(status.substring(9, 12));
        List<String> fields = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] parts = line.split(":", 2);
            fields.add(parts[0].toLowerCase(Locale.ROOT));
            fields.add(parts[1].strip());
        }
        if (code < 200) return read(in, head);
        Reply reply = new Reply(code, fields, "");
        if (head || code == 204 || code == 304) return reply;
        byte[] body = reply.field("transfer-encoding").equals("chunked") ? chunks(in) : whole(in, reply);
        return new Reply(code, fields, new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] whole(InputStream in, Reply reply) throws IOException {
        String length = reply.field("content-length");
        return length.isEmpty() ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = size(in); size > 0; size = size(in)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        return body.toByteArray();
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in).strip(), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int octet = in.read();
            if (octet < 0) throw new EOFException("after " + line);
            if (octet == '\n') return line.toString().stripTrailing();
            line.append((char) octet);
        }
    }

    @Override
    public void pass(int seconds) {
        try {
            Thread.sleep(seconds * 1000L);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Instant now() {
        return Instant.now();
    }
}
