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
import org.jspecify.annotations.Nullable;

/** Converts a response's headers to Jetty's fields. */
final class HeaderFields {

    /** Limit of cached headers: two for each variant of a file, so that few sites reach it. */
    private static final int MAX_CACHED = 20_000;

    /**
     * The fields of static files. Encoding them takes longer than the rest of such a response, and a lookup takes 20
     * ns.
     */
    private final Map<Headers, HttpField[]> cached = new ConcurrentHashMap<>();

    private final RecentFields recent = new RecentFields();

    HttpField[] of(Response response) {
        Headers headers = response.headers();
        return switch (response.source()) {
            // for each variant, the asset table has one Headers object for 200 and one for 304; others are used once
            case ASSET -> response.status() == 200 || response.status() == 304 ? asset(headers) : plain(headers);
            case CACHE -> {
                HttpField[] encoded = recent.of(headers, HeaderFields::encoded);
                yield encoded == null ? plain(headers) : encoded;
            }
            case WORKER, SERVER -> plain(headers);
        };
    }

    private HttpField[] asset(Headers headers) {
        HttpField[] known = cached.get(headers);
        if (known != null) return known;
        HttpField[] fields = encoded(headers);
        if (cached.size() < MAX_CACHED) cached.put(headers, fields);
        return fields;
    }

    /** Returns fields that are sent once: Jetty encodes them directly into its buffer. */
    private static HttpField[] plain(Headers headers) {
        return convert(headers, HttpField::new);
    }

    /** Returns fields that are sent repeatedly. */
    private static HttpField[] encoded(Headers headers) {
        // Jetty parses the length of a pre-encoded field as an int
        return convert(
                headers,
                (known, name, value) -> known == HttpHeader.CONTENT_LENGTH
                        ? new HttpField(known, name, value)
                        : new PreEncodedHttpField(known, name, value));
    }

    private interface Conversion {
        HttpField field(@Nullable HttpHeader known, String name, String value);
    }

    private static HttpField[] convert(Headers headers, Conversion conversion) {
        List<HttpField> fields = new ArrayList<>(headers.size());
        headers.forEach((name, value) -> {
            HttpHeader known = HttpHeader.CACHE.get(name);
            // Jetty decides how the body is framed
            if (known != HttpHeader.TRANSFER_ENCODING) fields.add(conversion.field(known, name, value));
        });
        return fields.toArray(HttpField[]::new);
    }
}
