import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Requests pages one after the other on one connection. */
final class PageClient implements AutoCloseable {

    /** A response: its {@code Cache-Status}, and how long it took in nanoseconds. */
    record Page(String state, long nanos) {}

    private final Socket socket;
    private final InputStream in;

    PageClient(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
    }

    /** Requests pages on several connections, each page once. */
    static List<Page> getAll(int port, List<String> paths, int connections) throws Exception {
        List<Callable<List<Page>>> shares = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            int first = i;
            shares.add(() -> {
                List<Page> pages = new ArrayList<>();
                try (PageClient client = new PageClient(port)) {
                    for (int at = first; at < paths.size(); at += connections) pages.add(client.get(paths.get(at)));
                }
                return pages;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            List<Page> all = new ArrayList<>();
            for (Future<List<Page>> share : threads.invokeAll(shares)) all.addAll(share.get());
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    Page get(String path) throws IOException {
        long begin = System.nanoTime();
        String head = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        String status = line();
        if (!status.startsWith("HTTP/1.1 200")) throw new IOException(path + ": " + status);
        String state = "";
        int length = -1;
        for (String line = line(); !line.isEmpty(); line = line()) {
            String lower = line.toLowerCase(java.util.Locale.ROOT);
            if (lower.startsWith("cache-status: ")) state = line.substring(14);
            if (lower.startsWith("content-length: ")) length = Integer.parseInt(line.substring(16));
        }
        if (length >= 0) in.skipNBytes(length);
        else skipChunks();
        return new Page(state, System.nanoTime() - begin);
    }

    private void skipChunks() throws IOException {
        for (int size = size(); ; size = size()) {
            in.skipNBytes(size);
            line();
            if (size == 0) return;
        }
    }

    private int size() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) throw new EOFException("after " + line);
            if (octet != '\r') line.append((char) octet);
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
