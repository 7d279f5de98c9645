package dev.kitbridge.standalone.abuse;

import dev.kitbridge.standalone.RawHttp2;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.http2.ErrorCode;

/**
 * Sends frames to an HTTP/2 server without TLS and describes the responses. An ordinary request on a stream of its own
 * comes last: its answer shows that the connection is still in use.
 *
 * @param address of the server
 * @param paths {@code file} is a file, {@code body} takes a POST and answers with 200 when it has read the body
 */
public record Http2(SocketAddress address, Map<String, String> paths) {

    /** Only a broken server takes this long. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** The stream of the last request: the largest identifier. */
    private static final int PROBE = Integer.MAX_VALUE;

    /**
     * Runs a script, then sends an ordinary request.
     *
     * @param script in the notation of {@link Http2Script}
     * @return each stream with its status or the error of its RST_STREAM, then {@code open}; or the error of the GOAWAY
     *     and {@code close}; or {@code waits} if a stream that has to end does not
     */
    public String outcome(String script) throws IOException {
        try (RawHttp2 client = RawHttp2.plain(address)) {
            Http2Script sent = new Http2Script(client, paths);
            try {
                sent.play(script);
                client.get(PROBE, paths.getOrDefault("file", "/"));
            } catch (IOException e) {
                // the server closed the connection early: its frames are read below
            }
            sent.awaited().add(PROBE);
            return read(client, sent);
        }
    }

    private static String read(RawHttp2 client, Http2Script sent) throws IOException {
        TreeMap<Integer, String> streams = new TreeMap<>();
        String goAway = "";
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (!sent.awaited().isEmpty()) {
            RawHttp2.Frame frame;
            try {
                frame = client.read(Duration.ofNanos(end - System.nanoTime()));
            } catch (SocketTimeoutException e) {
                return words(streams) + "waits";
            }
            if (frame == null) return goAway + "close";
            switch (frame.type()) {
                case RawHttp2.HEADERS -> {
                    String status = client.status(frame);
                    streams.merge(frame.stream(), status, (one, two) -> two.isEmpty() ? one : one + "," + two);
                }
                // NO_ERROR only means that the server does not need the rest of the request
                case RawHttp2.RST_STREAM ->
                    streams.merge(
                            frame.stream(),
                            name(frame.number(0)),
                            (status, error) -> frame.number(0) == 0 ? status : error);
                case RawHttp2.GOAWAY -> goAway = name(frame.number(4)) + " ";
                default -> {}
            }
            boolean last = frame.type() == RawHttp2.HEADERS || frame.type() == RawHttp2.DATA;
            if (frame.type() == RawHttp2.RST_STREAM || last && frame.has(RawHttp2.END_STREAM)) {
                sent.awaited().remove(frame.stream());
            }
        }
        streams.remove(PROBE);
        streams.keySet().removeAll(sent.ignored());
        return words(streams) + "open";
    }

    private static String words(TreeMap<Integer, String> streams) {
        StringBuilder words = new StringBuilder();
        streams.forEach(
                (stream, what) -> words.append(stream).append(':').append(what).append(' '));
        return words.toString();
    }

    private static String name(int error) {
        ErrorCode known = ErrorCode.from(error);
        return known == null ? String.valueOf(error) : known.name().replace("_ERROR", "");
    }

    /** Prints a table of cases with the outcomes of servers: {@code resource file body name=port...}. */
    public static void main(String[] arguments) throws IOException {
        Map<String, String> paths = Map.of("file", arguments[1], "body", arguments[2]);
        CaseTable.print(
                arguments[0], List.of(arguments).subList(3, arguments.length), (at, request) -> new Http2(at, paths)
                        .outcome(request));
    }
}
