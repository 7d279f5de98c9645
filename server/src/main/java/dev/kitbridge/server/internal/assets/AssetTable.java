package dev.kitbridge.server.internal.assets;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.Response.Source;
import dev.kitbridge.server.internal.Answer;
import dev.kitbridge.server.internal.Handler;
import dev.kitbridge.server.internal.content.Negotiation;
import dev.kitbridge.server.internal.content.Representation;
import dev.kitbridge.server.internal.site.SiteFile;
import dev.kitbridge.server.internal.site.SiteFile.Encoding;
import dev.kitbridge.server.internal.site.SiteFile.Variant;
import dev.kitbridge.server.internal.site.SiteManifest;
import dev.kitbridge.server.internal.site.SiteManifest.Redirect;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Serves files and redirects from a closed set of paths, so that no other file can be reached. Modelled on
 * {@code @sveltejs/adapter-node} 6.
 */
public final class AssetTable implements Handler {

    private static final Response NOT_ALLOWED =
            new Response(405, Headers.of("allow", "GET, HEAD", "content-length", "0"), Body.EMPTY, Source.ASSET);

    /** Size limit of a cached file; larger ones are read from the disk each time. */
    private static final long MAX_CACHED = 256 * 1024;

    /** Size limit of all cached files. */
    private static final long CACHE_SIZE = 32 * 1024 * 1024;

    private sealed interface Entry {}

    private record Moved(int status, String location) implements Entry {}

    private record File(Representation plain, Map<Encoding, Representation> encoded, Set<Encoding> encodings)
            implements Entry {}

    private final Map<String, Entry> entries;

    private AssetTable(Map<String, Entry> entries) {
        this.entries = entries;
    }

    /**
     * Returns the table of a site.
     *
     * @throws IOException if the pack of its files has another size than the manifest says
     */
    public static AssetTable of(SiteManifest site, Path appDirectory) throws IOException {
        Map<String, Entry> entries = new HashMap<>();
        FileCache cache = new FileCache(MAX_CACHED, CACHE_SIZE);
        Contents contents = new Contents(site, appDirectory);
        for (SiteFile file : site.files()) {
            File entry = file(file, contents, cache);
            for (String path : file.paths()) entries.put(path, entry);
        }
        for (Redirect redirect : site.redirects()) {
            entries.put(redirect.path(), new Moved(redirect.status(), Pathname.encoded(redirect.location())));
        }
        return new AssetTable(entries);
    }

    private static File file(SiteFile file, Contents contents, FileCache cache) {
        Representation plain = representation(file, null, contents, cache);
        Map<Encoding, Representation> encoded = new EnumMap<>(Encoding.class);
        for (Variant variant : file.variants()) {
            encoded.put(variant.encoding(), representation(file, variant, contents, cache));
        }
        return new File(plain, encoded, Collections.unmodifiableSet(encoded.keySet()));
    }

    private static Representation representation(
            SiteFile file, @Nullable Variant variant, Contents contents, FileCache cache) {
        String suffix = variant == null ? "" : "." + variant.encoding().extension();
        String etag = '"' + file.digest() + suffix + '"';
        Headers.Builder shared = Headers.builder().add("etag", etag);
        if (!file.variants().isEmpty()) shared.add("vary", "Accept-Encoding");
        if (file.immutable()) shared.add("cache-control", "public,max-age=31536000,immutable");
        Headers.Builder content = Headers.builder().add("accept-ranges", "bytes");
        if (!file.type().isEmpty()) content.add("content-type", file.type());
        if (variant != null) content.add("content-encoding", variant.encoding().token());
        return new Representation(
                new FileContent(
                        variant == null
                                ? contents.of(file.file(), file.size())
                                : contents.of(file.file(variant.encoding()), variant.size()),
                        cache),
                etag,
                shared.build(),
                content.build(),
                Source.ASSET);
    }

    /**
     * Answers requests for the table's paths.
     *
     * @throws java.io.UncheckedIOException if the file was truncated or deleted
     */
    @Override
    public boolean handle(Request request, RespondOptions options, Answer answer) {
        Response response = respond(request);
        if (response == null) return false;
        answer.complete(response);
        return true;
    }

    /**
     * Answers a request for one of the table's paths.
     *
     * @return null if the path is not in the table
     * @throws java.io.UncheckedIOException if the file was truncated or deleted
     */
    @Nullable
    Response respond(Request request) {
        Entry entry = entries.get(Pathname.of(request.target()));
        if (entry == null) return null;
        boolean head = request.method().equals("HEAD");
        if (!head && !request.method().equals("GET")) return NOT_ALLOWED;
        if (entry instanceof Moved moved) return redirect(moved, request.target());
        File file = (File) entry;
        Encoding encoding = Negotiation.choose(request.headers().joined("accept-encoding"), file.encodings());
        Representation chosen = encoding == null ? file.plain() : file.encoded().get(encoding);
        return chosen == null ? null : chosen.respond(head, request.headers());
    }

    private static Response redirect(Moved moved, String target) {
        String query = moved.location().startsWith(".") ? target.substring(Pathname.end(target)) : "";
        return new Response(
                moved.status(),
                Headers.of("location", moved.location() + query, "content-length", "0"),
                Body.EMPTY,
                Source.ASSET);
    }
}
