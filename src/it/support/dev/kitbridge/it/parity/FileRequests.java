package dev.kitbridge.it.parity;

import static dev.kitbridge.it.parity.Ask.get;
import static dev.kitbridge.it.parity.Ask.of;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Requests for each file, and for one file with all features of HTTP. */
final class FileRequests {

    private FileRequests() {}

    /** Requests each file plain, compressed, and with HEAD. */
    static List<Ask> each(String path) {
        String target = encoded(path);
        return List.of(
                get(target).ask(),
                get(target).with("accept-encoding", "gzip, deflate, br, zstd").ask(),
                of("HEAD", target).with("accept-encoding", "gzip").ask());
    }

    /** Encodes a path as browsers do. */
    static String encoded(String path) {
        StringBuilder target = new StringBuilder();
        for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean plain = c > 0x20 && c < 0x7f && "\"<>?`{}%#".indexOf(c) < 0;
            target.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return target.toString();
    }

    /**
     * Returns requests with ranges, conditions and codings for one file.
     *
     * @param etag the tag of the plain file, from the server under test
     */
    static List<Ask> details(String path) {
        List<Ask> asks = new ArrayList<>();
        for (String range : List.of(
                "bytes=0-0",
                "bytes=0-9",
                "bytes=5-",
                "bytes=-5",
                "bytes=-0",
                "bytes=25-30",
                "bytes=26-",
                "bytes=26-30",
                "bytes=9-5",
                "bytes=-1000",
                "bytes=0-1000000",
                "bytes=0-1,3-4",
                "bytes=",
                "bytes=-",
                "bytes=a-b",
                "lines=0-1",
                "Bytes=0-1",
                "bytes = 0-1",
                "bytes=0-99999999999999999999",
                "bytes=99999999999999999999-",
                "bytes=1-2 ",
                "",
                "0-1")) {
            asks.add(get(path).with("range", range).ask());
        }
        asks.add(of("HEAD", path).with("range", "bytes=0-3").ask());
        asks.add(get(path)
                .with("range", "bytes=0-3")
                .with("if-range", "\"other\"")
                .ask());
        asks.add(get(path)
                .with("range", "bytes=0-3")
                .with("if-range", "Thu, 01 Jan 1970 00:00:00 GMT")
                .ask());
        asks.add(get(path)
                .with("range", "bytes=0-3")
                .with("accept-encoding", "gzip")
                .ask());
        asks.add(get(path).with("range", "bytes=0-3").with("range", "bytes=4-5").ask());
        for (String tag : List.of("*", " * ", "\"other\"", "W/\"other\"", "\"a\", *", "", "nonsense", "\"a\", \"b\"")) {
            asks.add(get(path).with("if-none-match", tag).ask());
        }
        asks.add(of("HEAD", path).with("if-none-match", "*").ask());
        asks.add(get(path).with("if-none-match", "*").with("range", "bytes=0-3").ask());
        asks.add(get(path).with("if-match", "\"other\"").ask());
        asks.add(get(path)
                .with("if-modified-since", "Thu, 01 Jan 1970 00:00:00 GMT")
                .ask());
        asks.add(get(path)
                .with("if-unmodified-since", "Thu, 01 Jan 1970 00:00:00 GMT")
                .ask());
        for (String accepted : List.of(
                "gzip",
                "br",
                "zstd",
                "deflate",
                "identity",
                "*",
                "gzip;q=0",
                "gzip;q=0, *",
                "br;q=0, gzip",
                "br;q=0.1, gzip;q=0.9",
                "gzip;q=0.5, br;q=0.5",
                "*;q=0",
                "identity;q=0",
                "identity;q=0, *;q=0",
                "GZIP",
                "Br",
                "gzip ; q = 1",
                "gzip;Q=0",
                "x-gzip",
                "gzip;q=abc",
                "gzip;q=2",
                "gzip;q=-1",
                "",
                ",",
                "gzip,,br",
                "br;level=1;q=0.2, gzip;q=0.3",
                "br;q=0.5x, gzip;q=0.4",
                "gzip;q=1e3, br;q=0.9",
                "gzip;q= 0.1, br;q=.2",
                "gzip;q=NaN, br;q=0.1",
                "gzip;q=Infinity, br",
                "gzip;q=0x1, br;q=0.1",
                "gzip;q, br;q=0.5",
                "br;q=1d, gzip")) {
            asks.add(get(path).with("accept-encoding", accepted).ask());
        }
        asks.add(get(path)
                .with("accept-encoding", "deflate")
                .with("accept-encoding", "gzip")
                .ask());
        asks.add(get(path).with("accept", "application/json").ask());
        asks.add(get(path + "?v=1").ask());
        asks.add(get(path + "?").ask());
        asks.add(get(path + "?a=%zz").ask());
        asks.add(get(path + "/").ask());
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND")) {
            asks.add(of(method, path).ask());
        }
        asks.add(Ask.post(path).body("a=1").ask());
        return asks;
    }

    /** Returns conditional requests with the ETags that a server sent for a file. */
    static List<Ask> conditions(String path, String etag, String gzip) {
        List<Ask> asks = new ArrayList<>();
        for (String tag : List.of(
                etag,
                "W/" + etag,
                "\"other\", " + etag,
                etag + ",\"other\"",
                "  " + etag + "  ",
                etag.replace("\"", ""),
                gzip,
                etag.toUpperCase(java.util.Locale.ROOT))) {
            asks.add(get(path).with("if-none-match", tag).ask());
            asks.add(get(path)
                    .with("if-none-match", tag)
                    .with("accept-encoding", "gzip")
                    .ask());
            asks.add(get(path).with("range", "bytes=0-3").with("if-range", tag).ask());
        }
        asks.add(get(path)
                .with("if-none-match", "\"other\"")
                .with("if-none-match", etag)
                .ask());
        asks.add(get(path)
                .with("range", "bytes=0-3")
                .with("if-range", gzip)
                .with("accept-encoding", "gzip")
                .ask());
        asks.add(of("HEAD", path).with("if-none-match", etag).ask());
        return asks;
    }
}
