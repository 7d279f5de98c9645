package dev.kitbridge.standalone.abuse;

import static dev.kitbridge.standalone.RawHttp2.*;

import dev.kitbridge.standalone.RawHttp2;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Frames as words, separated by semicolons. The client's preface and an empty SETTINGS frame come first unless the
 * script begins with {@code raw}.
 *
 * <table>
 * <caption>Steps</caption>
 * <tr><td>{@code get 1 name=value…}</td><td>HEADERS with END_STREAM: a GET of the file</td></tr>
 * <tr><td>{@code post 1 name=value…}</td><td>HEADERS without END_STREAM: a POST</td></tr>
 * <tr><td>{@code head 1 flags name=value…}</td><td>HEADERS with these flags and fields, no others</td></tr>
 * <tr><td>{@code more 1 flags name=value…}</td><td>CONTINUATION</td></tr>
 * <tr><td>{@code block 1 flags hex}</td><td>HEADERS with a field block in hexadecimal digits</td></tr>
 * <tr><td>{@code data 1 flags text}</td><td>DATA</td></tr>
 * <tr><td>{@code frame type flags stream hex}</td><td>any frame, its payload in hexadecimal digits</td></tr>
 * <tr><td>{@code settings 4=0…}</td><td>SETTINGS</td></tr>
 * <tr><td>{@code window 0 5}, {@code reset 1 8}</td><td>WINDOW_UPDATE, RST_STREAM</td></tr>
 * <tr><td>{@code await 1}</td><td>nothing: the stream has to end although the client does not end it</td></tr>
 * <tr><td>{@code raw octets}</td><td>octets in the notation of {@link Octets}</td></tr>
 * <tr><td>{@code 100 x step}</td><td>the step a hundred times; {@code N} in it is 1, 3, 5, …</td></tr>
 * </table>
 *
 * Flags are {@code e} END_STREAM or ACK, {@code h} END_HEADERS, {@code p} PADDED, {@code r} PRIORITY, {@code -} none.
 * In fields, {@code \s} is a space, {@code \S} a semicolon and the escapes of {@link Octets} hold.
 */
final class Http2Script {

    private final RawHttp2 client;
    private final Map<String, String> paths;
    private final Set<Integer> awaited = new TreeSet<>();
    private final Set<Integer> ignored = new TreeSet<>();

    Http2Script(RawHttp2 client, Map<String, String> paths) {
        this.client = client;
        this.paths = paths;
    }

    /** Returns the streams that must end: the client has ended them, and has not reset them. */
    Set<Integer> awaited() {
        return awaited;
    }

    /** Returns the streams that the client has reset; the server may have answered them before. */
    Set<Integer> ignored() {
        return ignored;
    }

    void play(String script) throws IOException {
        if (!script.startsWith("raw ")) client.preface();
        for (String step : script.split(";", -1)) play(step.strip().split(" +"), 0);
    }

    private void play(String[] words, int number) throws IOException {
        if (words.length > 2 && words[1].equals("x")) {
            String[] repeated = List.of(words).subList(2, words.length).toArray(String[]::new);
            for (int i = 0; i < Integer.parseInt(words[0]); i++) play(repeated, 2 * i + 1);
            return;
        }
        switch (words[0]) {
            case "" -> {}
            case "get" -> head(stream(words[1], number), END_HEADERS | END_STREAM, request("GET", "{file}", words));
            case "post" -> head(stream(words[1], number), END_HEADERS, request("POST", "{body}", words));
            case "head" -> head(stream(words[1], number), flags(words[2]), fields(words, 3));
            case "more" -> client.frame(CONTINUATION, flags(words[2]), stream(words[1], number), fields(words, 3));
            case "block" -> head(stream(words[1], number), flags(words[2]), hex(words, 3));
            case "data" ->
                data(stream(words[1], number), flags(words[2]), words.length > 3 ? octets(words[3]) : new byte[0]);
            case "frame" ->
                client.frame(Integer.parseInt(words[1]), flags(words[2]), stream(words[3], number), hex(words, 4));
            case "settings" -> client.settings(numbers(words));
            case "window" -> client.windowUpdate(stream(words[1], number), (int) Long.parseLong(words[2]));
            case "reset" -> {
                client.reset(stream(words[1], number), Integer.parseInt(words[2]));
                awaited.remove(stream(words[1], number));
                ignored.add(stream(words[1], number));
            }
            case "await" -> awaited.add(stream(words[1], number));
            case "raw" -> client.raw(octets(String.join(" ", List.of(words).subList(1, words.length))));
            default -> throw new IllegalArgumentException("no step '" + words[0] + "'");
        }
    }

    private void head(int stream, int flags, byte[] block) throws IOException {
        client.frame(HEADERS, flags, stream, block);
        if ((flags & END_STREAM) != 0) awaited.add(stream);
    }

    private void data(int stream, int flags, byte[] content) throws IOException {
        client.frame(DATA, flags, stream, content);
        if ((flags & END_STREAM) != 0) awaited.add(stream);
    }

    private byte[] request(String method, String path, String[] words) {
        List<String> all =
                new ArrayList<>(List.of(":method=" + method, ":scheme=http", ":authority=a.test", ":path=" + path));
        all.addAll(List.of(words).subList(2, words.length));
        return block(all);
    }

    private byte[] fields(String[] words, int from) {
        return block(List.of(words).subList(from, words.length));
    }

    private byte[] block(List<String> fields) {
        List<String> all = new ArrayList<>();
        for (String field : fields) {
            int at = field.indexOf('=', 1);
            all.add(latin1(octets(field.substring(0, at))));
            all.add(latin1(octets(field.substring(at + 1))));
        }
        return RawHttp2.block(all.toArray(String[]::new));
    }

    private byte[] octets(String text) {
        return Octets.of(text.replace("\\s", " ").replace("\\S", ";"), paths);
    }

    private static String latin1(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static int stream(String word, int number) {
        return word.equals("N") ? number : (int) Long.parseLong(word);
    }

    private static int flags(String letters) {
        int flags = 0;
        for (char letter : letters.toCharArray()) {
            flags |= switch (letter) {
                case 'e' -> END_STREAM;
                case 'h' -> END_HEADERS;
                case 'p' -> PADDED;
                case 'r' -> PRIORITIZED;
                case 'x' -> 0xd2;
                case '-' -> NONE;
                default -> throw new IllegalArgumentException("no flag '" + letter + "'");
            };
        }
        return flags;
    }

    /** Hexadecimal digits; {@code 00*20} is a part that is repeated. */
    private static byte[] hex(String[] words, int from) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (int i = from; i < words.length; i++) {
            String[] parts = words[i].split("\\*");
            int count = parts.length > 1 ? Integer.parseInt(parts[1]) : 1;
            octets.writeBytes(HexFormat.of().parseHex(parts[0].repeat(count)));
        }
        return octets.toByteArray();
    }

    private static int[] numbers(String[] words) {
        int[] numbers = new int[2 * (words.length - 1)];
        for (int i = 1; i < words.length; i++) {
            String[] pair = words[i].split("=");
            numbers[2 * i - 2] = Integer.parseInt(pair[0]);
            numbers[2 * i - 1] = (int) Long.parseLong(pair[1]);
        }
        return numbers;
    }
}
