package dev.kitbridge.standalone.front;

import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** Converts a response's headers to Jetty's fields. */
final class HeaderFields {

    /** Limit of cached headers: two for each variant of a file, so that few sites reach it. */
    private static final int MAX_CACHED = 20_000;

    /**
     * The fields of static files. Encoding them takes longer than the rest of such a response, and a lookup takes 20
     * ns.
     */
    private final Map<Headers, HttpField[]> cached = new ConcurrentHashMap<>();

    HttpField[] of(Response response) {
        // for each variant, the asset table has one Headers object for 200 and one for 304; others are used once
        boolean constant =
                response.source() == Response.Source.ASSET && (response.status() == 200 || response.status() == 304);
        if (!constant) return convert(response.headers());
        HttpField[] known = cached.get(response.headers());
        if (known != null) return known;
        HttpField[] fields = convert(response.headers());
        if (cached.size() < MAX_CACHED) cached.put(response.headers(), fields);
        return fields;
    }

    private static HttpField[] convert(Headers headers) {
        List<HttpField> fields = new ArrayList<>(headers.size());
        headers.forEach((name, value) -> {
            HttpHeader known = HttpHeader.CACHE.get(name);
            // Jetty decides how the body is framed
            if (known == HttpHeader.TRANSFER_ENCODING) return;
            // Jetty parses the length of a pre-encoded field as an int
            if (known == HttpHeader.CONTENT_LENGTH) fields.add(new HttpField(known, name, value));
            else if (known == null) fields.add(new PreEncodedHttpField(name, value));
            else fields.add(new PreEncodedHttpField(known, name, value));
        });
        return fields.toArray(HttpField[]::new);
    }
}
