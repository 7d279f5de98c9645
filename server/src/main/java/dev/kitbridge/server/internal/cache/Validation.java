package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.Response.Source;
import java.nio.ByteBuffer;

/** Asks the app whether the content of a kept page is still right (RFC 9111, 4.3). */
final class Validation {

    private Validation() {}

    /** Returns whether the app has given a page something to recognize it by. */
    static boolean isPossible(Entry kept) {
        Headers fields = kept.headers();
        return kept.status() == 200 && (fields.first("etag") != null || fields.first("last-modified") != null);
    }

    /** Returns a request with the conditions of a kept page. */
    static Request conditional(Request request, Entry kept) {
        Headers.Builder fields = request.headers().toBuilder();
        String etag = kept.headers().first("etag");
        String modified = kept.headers().first("last-modified");
        if (etag != null) fields.add("if-none-match", etag);
        if (modified != null) fields.add("if-modified-since", modified);
        return Request.get(request.origin(), request.target(), fields.build());
    }

    /** Returns whether a response says that the content of the kept page is still right. */
    static boolean confirms(Response response, Entry kept) {
        String etag = response.headers().first("etag");
        String known = kept.headers().first("etag");
        return etag == null || known == null || opaque(etag).equals(opaque(known));
    }

    private static String opaque(String etag) {
        return etag.startsWith("W/") ? etag.substring(2) : etag;
    }

    /** Returns the kept page with the fields of the response that confirms it. */
    static Response confirmed(Response response, Entry kept) {
        Headers fields = StoredFields.updated(kept.headers(), response.headers());
        return new Response(kept.status(), fields, new Body.Bytes(ByteBuffer.wrap(kept.content())), Source.WORKER);
    }
}
