package dev.kitbridge.it.parity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The official adapter's server, which expectations can send further requests to. */
final class Official {

    private final int port;
    private final Map<String, Set<String>> smaller = new ConcurrentHashMap<>();
    private final Map<String, Answer> files = new ConcurrentHashMap<>();

    Official(int port) {
        this.port = port;
    }

    int port() {
        return port;
    }

    Answer answer(Ask ask) {
        try {
            return Wire.send(port, ask).get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Requests a file without a coding. */
    Answer file(String target) {
        return files.computeIfAbsent(target, path -> answer(Ask.get(path).ask()));
    }

    /** Returns the codings in which a file is smaller than without one. */
    Set<String> smaller(String target) {
        return smaller.computeIfAbsent(target, path -> {
            Set<String> codings = new TreeSet<>();
            for (String coding : Set.of("br", "gzip")) {
                Answer coded =
                        answer(Ask.get(path).with("accept-encoding", coding).ask());
                if (coded.values("content-encoding").equals(coding)
                        && coded.body().length < file(path).body().length) codings.add(coding);
            }
            return codings;
        });
    }
}
