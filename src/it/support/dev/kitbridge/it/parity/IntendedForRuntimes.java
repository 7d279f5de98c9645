package dev.kitbridge.it.parity;

import dev.kitbridge.adapter.test.tck.Difference;
import dev.kitbridge.adapter.test.tck.Exchange;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Difference differences for apps on Bun, whose Web APIs differ from Node's. */
final class IntendedForRuntimes {

    /** A body up to this size is sent in one frame, with a length. */
    private static final int WINDOW = 256 * 1024;

    private static final String JSON = "application/json";

    static final List<Difference> ALL = List.of(
            bun(
                    "bun-json",
                    asked -> asked.expected().values("content-type").equals(JSON)
                            && asked.actual().values("content-type").equals(JSON + ";charset=utf-8"),
                    asked -> asked.with("content-type", JSON + ";charset=utf-8")),
            bun(
                    "bun-text",
                    asked -> asked.expected().values("content-type").equals("text/plain;charset=UTF-8")
                            && asked.actual().values("content-type").equals("-"),
                    asked -> asked.with("content-type", null)),
            bun(
                    "bun-length",
                    asked -> asked.expected().body().length >= WINDOW
                            && asked.actual().values("content-length").equals("-"),
                    asked -> asked.with("content-length", null)),
            bun(
                    "bun-parts",
                    asked -> asked.request().has("\r\ncontent-type: multipart/form-data")
                            && asked.path().endsWith("/form"),
                    asked -> asked.replacing(
                                    "gr\u00c3\u00b6\u00c3\u009fe.bin application/x-part",
                                    "gr\u00c3\u00b6\u00c3\u009fe.bin application/octet-stream")
                            .replacing("large.txt application/x-part", "large.txt text/plain;charset=utf-8")));

    private IntendedForRuntimes() {}

    private static Difference bun(String name, Predicate<Exchange> when, UnaryOperator<Exchange> then) {
        return new Difference(name, asked -> asked.server().equals("bun") && when.test(asked), then);
    }
}
