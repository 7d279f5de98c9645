package dev.kitbridge.standalone.front;

import dev.kitbridge.server.Headers;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpField;
import org.jspecify.annotations.Nullable;

/**
 * Encoded fields of kept pages. The page cache sends the same headers for a second; from the second response on they
 * are found here. Other headers take the place of those that are not sent any more.
 */
final class RecentFields {

    /** A power of two. With 12 fields of 40 characters, this takes 4 MB. */
    private static final int SIZE = 1024;

    private static final class Recent {

        private final Headers headers;

        /** Null after the first response. */
        private final HttpField @Nullable [] encoded;

        Recent(Headers headers, HttpField @Nullable [] encoded) {
            this.headers = headers;
            this.encoded = encoded;
        }
    }

    private final AtomicReferenceArray<@Nullable Recent> recent = new AtomicReferenceArray<>(SIZE);

    /** Returns encoded fields if the headers were sent recently, or null. */
    HttpField @Nullable [] of(Headers headers, Function<Headers, HttpField[]> encoder) {
        int place = System.identityHashCode(headers) & (SIZE - 1);
        Recent found = recent.get(place);
        if (found == null || found.headers != headers) {
            recent.set(place, new Recent(headers, null));
            return null;
        }
        if (found.encoded != null) return found.encoded;
        HttpField[] encoded = encoder.apply(headers);
        recent.set(place, new Recent(headers, encoded));
        return encoded;
    }
}
