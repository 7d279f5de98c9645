package dev.kitbridge.standalone.abuse;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Sends octets to an HTTP/1.1 server and describes the responses. A second, ordinary request follows in the same
 * connection: its answer shows where the server believes that the first one ended.
 *
 * @param address of the server
 * @param paths {@code file} is a file, {@code body} takes a POST and answers with 200 when it has read the body
 */
public record Http1(SocketAddress address, Map<String, String> paths) {

    /** Only a broken server takes this long. */
    private static final int TIMEOUT_MILLIS = 10_000;

    /** A status that only the second request can have. */
    private static final int PROBED = 416;

    private static final String PROBE = "GET {file} HTTP/1.1⏎Host: probe.test⏎Range: bytes=999999-⏎Connection: close⏎⏎";

    /**
     * Sends a request, then an ordinary one.
     *
     * @param request in the notation of {@link Octets}; {@code ⏏} at its end: the client ends its output there
     * @return the statuses that came; then {@code open} if the second request was answered too, {@code close} if the
     *     server closed the connection before it, or {@code waits} after ten seconds without either
     */
    public String outcome(String request) throws IOException {
        boolean ends = request.endsWith("⏏");
        String all = ends ? request.substring(0, request.length() - 1) : request + PROBE;
        byte[] octets = Octets.of(all, paths);
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(address, TIMEOUT_MILLIS);
            Thread writer = new Thread(() -> write(socket, octets, ends), "abuse");
            writer.setDaemon(true);
            writer.start();
            return read(socket.getInputStream(), all);
        }
    }

    private static void write(Socket socket, byte[] octets, boolean ends) {
        try {
            socket.getOutputStream().write(octets);
            if (ends) socket.shutdownOutput();
        } catch (IOException e) {
            // the server closed early: the reader sees that, too
        }
    }

    private static String read(InputStream socket, String request) {
        InputStream in = new BufferedInputStream(socket);
        boolean isHead = request.startsWith("HEAD ");
        List<String> outcome = new ArrayList<>();
        try {
            for (int status = response(in, isHead); status > 0; status = response(in, isHead && outcome.isEmpty())) {
                outcome.add(String.valueOf(status));
            }
        } catch (SocketTimeoutException e) {
            outcome.add("waits");
            return String.join(" ", outcome);
        } catch (NumberFormatException e) {
            outcome.add("garbage");
        } catch (IOException e) {
            // closed within an answer, or reset
        }
        int last = outcome.size() - 1;
        if (last >= 0 && outcome.get(last).equals(String.valueOf(PROBED))) outcome.set(last, "open");
        else outcome.add("close");
        return String.join(" ", outcome);
    }

    /** @return the status, 0 at the end of the connection */
    private static int response(InputStream in, boolean isHead) throws IOException {
        String head = head(in);
        if (head.isEmpty()) return 0;
        if (!head.startsWith("HTTP/1.")) throw new NumberFormatException(head);
        int status = Integer.parseInt(head.substring(9, 12));
        if (status < 200 || status == 204 || status == 304 || isHead) return status;
        String fields = head.toLowerCase(Locale.ROOT);
        if (fields.contains("\r\ntransfer-encoding: chunked\r\n")) {
            for (int size = size(in); size > 0; size = size(in)) in.skipNBytes(size + 2);
            in.skipNBytes(2);
        } else if (fields.contains("\r\ncontent-length: ")) {
            int at = fields.indexOf("\r\ncontent-length: ") + 18;
            in.skipNBytes(Long.parseLong(
                    fields.substring(at, fields.indexOf('\r', at)).strip()));
        } else {
            in.readAllBytes();
        }
        return status;
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() < 2 || line.lastIndexOf("\r\n") != line.length() - 2) line.append((char) octet(in));
        return line.substring(0, line.length() - 2);
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int next = in.read();
        if (next < 0) return "";
        head.append((char) next);
        while (head.length() < 4 || head.lastIndexOf("\r\n\r\n") != head.length() - 4) head.append((char) octet(in));
        return head.toString();
    }

    private static int octet(InputStream in) throws IOException {
        int next = in.read();
        if (next < 0) throw new EOFException();
        return next;
    }

    /** Prints a table of cases with the outcomes of servers: {@code resource file body name=port...}. */
    public static void main(String[] arguments) throws IOException {
        Map<String, String> paths = Map.of("file", arguments[1], "body", arguments[2]);
        CaseTable.print(
                arguments[0], List.of(arguments).subList(3, arguments.length), (at, request) -> new Http1(at, paths)
                        .outcome(request));
    }
}
