package dev.kitbridge.adapter.test.tck;

import static dev.kitbridge.adapter.test.tck.RawRequest.get;
import static dev.kitbridge.adapter.test.tck.RawRequest.request;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Requests for each file, and for one file with all features of HTTP. */
final class FileRequests {

    private FileRequests() {}

    /** Requests each file plain, compressed, and with HEAD. */
    static List<TckCase> each(String path) {
        String target = encoded(path);
        Cases cases = new Cases(
                "files/content",
                "A file or prerendered page is sent with its type and cache rules, compressed if the client accepts it",
                "RFC 9110, 8.3, 8.4 and 12.5.3; RFC 8246");
        cases.add(get(target));
        cases.add(get(target).with("accept-encoding", "gzip, deflate, br, zstd"));
        cases.add(request("HEAD", target).with("accept-encoding", "gzip"));
        return cases.all();
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

    /** Returns requests with ranges, conditions and codings for one file. */
    static List<TckCase> details(String path) {
        Cases cases = new Cases(
                "files/ranges", "A range gets 206 with its bytes, or 416; an invalid one is ignored", "RFC 9110, 14");
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
            cases.add(get(path).with("range", range));
        }
        cases.add(request("HEAD", path).with("range", "bytes=0-3"));
        cases.add(get(path).with("range", "bytes=0-3").with("if-range", "\"other\""));
        cases.add(get(path).with("range", "bytes=0-3").with("if-range", "Thu, 01 Jan 1970 00:00:00 GMT"));
        cases.add(get(path).with("range", "bytes=0-3").with("accept-encoding", "gzip"));
        cases.add(get(path).with("range", "bytes=0-3").with("range", "bytes=4-5"));
        cases.demand("files/conditions", "A conditional request gets 304 if the file is unchanged", "RFC 9110, 13");
        for (String tag : List.of("*", " * ", "\"other\"", "W/\"other\"", "\"a\", *", "", "nonsense", "\"a\", \"b\"")) {
            cases.add(get(path).with("if-none-match", tag));
        }
        cases.add(request("HEAD", path).with("if-none-match", "*"));
        cases.add(get(path).with("if-none-match", "*").with("range", "bytes=0-3"));
        cases.add(get(path).with("if-match", "\"other\""));
        cases.add(get(path).with("if-modified-since", "Thu, 01 Jan 1970 00:00:00 GMT"));
        cases.add(get(path).with("if-unmodified-since", "Thu, 01 Jan 1970 00:00:00 GMT"));
        cases.demand(
                "files/codings",
                "The coding is one that the client accepts, the best by its weights",
                "RFC 9110, 12.4.2 and 12.5.3");
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
            cases.add(get(path).with("accept-encoding", accepted));
        }
        cases.add(get(path).with("accept-encoding", "deflate").with("accept-encoding", "gzip"));
        cases.demand(
                "files/methods",
                "A query does not change a file; other methods than GET and HEAD do not get it",
                "RFC 9110, 15.5.6");
        cases.add(get(path).with("accept", "application/json"));
        cases.add(get(path + "?v=1"));
        cases.add(get(path + "?"));
        cases.add(get(path + "?a=%zz"));
        cases.add(get(path + "/"));
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND")) {
            cases.add(request(method, path));
        }
        cases.add(RawRequest.post(path).body("a=1"));
        return cases.all();
    }
}
