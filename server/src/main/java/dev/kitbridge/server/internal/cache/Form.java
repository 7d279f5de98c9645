package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.Response.Source;
import dev.kitbridge.server.internal.content.Representation;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One form of a kept page, plain or compressed. Its response is created once a second, as its age changes. */
final class Form {

    /** Requests in one second that make it worthwhile to copy a page out of the heap. */
    private static final int OFTEN = 50;

    /** A response of one second. */
    private static final class Dated {

        private final long age;

        /** The state, without the time to live. */
        private final String how;

        private final Response response;

        /** A lower limit: concurrent requests may be counted once. */
        private int requests;

        Dated(long age, String how, Response response) {
            this.age = age;
            this.how = how;
            this.response = response;
        }

        boolean isOften() {
            return requests >= OFTEN;
        }

        Response served() {
            if (requests < OFTEN) requests++;
            return response;
        }
    }

    private final int status;
    private final String etag;
    private final byte[] content;
    private final Representation representation;

    private volatile @Nullable Dated latest;
    private volatile @Nullable Body copy;

    /**
     * @param status of the page
     * @param shared fields of every response, with the ETag
     * @param described fields that describe the content
     */
    Form(
            int status,
            byte[] content,
            String etag,
            Representation.@Nullable Dates dates,
            Headers shared,
            Headers described) {
        this.status = status;
        this.etag = etag;
        this.content = content;
        Body body = new Body.Bytes(ByteBuffer.wrap(content).asReadOnlyBuffer());
        Representation.Content whole = new Representation.Content() {
            @Override
            public long length() {
                return content.length;
            }

            @Override
            public Body load() {
                return body;
            }
        };
        this.representation = new Representation(whole, etag, dates, shared, described, Source.CACHE);
    }

    String etag() {
        return etag;
    }

    /**
     * Answers a GET or HEAD request.
     *
     * @param conditions fields of the request
     * @param age of the page in seconds
     * @param left for how many seconds it stays fresh
     * @param how as {@link Entry#respond} has it
     * @param memory receives a copy of the page if it is requested often
     */
    Response respond(boolean head, Headers conditions, long age, long left, String how, OffHeap memory) {
        Response undated = representation.respond(head, conditions);
        if (head || undated.status() != 200) return dated(undated, undated.body(), age, left, how);
        Dated last = latest;
        if (last != null && last.age == age && last.how.equals(how)) return last.served();
        if (last != null && last.isOften()) copyTo(memory);
        Body outside = copy;
        Response whole = dated(undated, outside == null ? undated.body() : outside, age, left, how);
        latest = new Dated(age, how, whole);
        return whole;
    }

    private synchronized void copyTo(OffHeap memory) {
        ByteBuffer bytes = copy == null ? memory.copy(content) : null;
        if (bytes != null) copy = new Body.Bytes(bytes);
    }

    private Response dated(Response undated, Body body, long age, long left, String how) {
        Headers.Builder headers = undated.headers().toBuilder().add("age", String.valueOf(age));
        if (!how.isEmpty()) headers.add("cache-status", "kitbridge; " + how + "; ttl=" + left);
        return new Response(status == 200 ? undated.status() : status, headers.build(), body, Source.CACHE);
    }
}
