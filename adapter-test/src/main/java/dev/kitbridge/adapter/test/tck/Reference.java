package dev.kitbridge.adapter.test.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The server that adapter-node built, which expectations can send further requests to. */
public final class Reference {

    private final Endpoint endpoint;
    private final Map<String, Set<String>> smaller = new ConcurrentHashMap<>();
    private final Map<String, RawResponse> files = new ConcurrentHashMap<>();

    Reference(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Sends a request.
     *
     * @param request the request
     * @return the first response
     */
    public RawResponse response(RawRequest request) {
        try {
            return Wire.send(endpoint, request).get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Requests a file without a coding.
     *
     * @param target the target of the request line
     * @return the response
     */
    public RawResponse file(String target) {
        return files.computeIfAbsent(
                target, path -> response(RawRequest.get(path).build()));
    }

    /**
     * Returns the codings in which a file is smaller than without one.
     *
     * @param target the target of the request line
     * @return some of {@code br} and {@code gzip}
     */
    public Set<String> smaller(String target) {
        return smaller.computeIfAbsent(target, path -> {
            Set<String> codings = new TreeSet<>();
            for (String coding : Set.of("br", "gzip")) {
                RawResponse coded = response(
                        RawRequest.get(path).with("accept-encoding", coding).build());
                if (coded.values("content-encoding").equals(coding)
                        && coded.body().length < file(path).body().length) codings.add(coding);
            }
            return codings;
        });
    }
}
