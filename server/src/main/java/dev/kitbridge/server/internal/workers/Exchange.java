package dev.kitbridge.server.internal.workers;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.Response.Source;
import dev.kitbridge.server.internal.Report;
import dev.kitbridge.server.internal.json.Json;
import dev.kitbridge.server.internal.link.Frame;
import dev.kitbridge.server.internal.link.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request and its response on a link. Called on the link's thread, except {@link #start} and {@link #cancel}. */
final class Exchange {

    private final int id;
    private final PendingRequest pending;
    private final Request request;
    private final Link link;
    private final @Nullable Upload upload;
    private final @Nullable Report report;

    private @Nullable Download download;

    /** Key of the request's context. */
    private @Nullable String context;

    /** Headers of the requests that the app sends to the front. */
    private volatile @Nullable Map<String, String> loopback;

    Exchange(int id, PendingRequest pending, Link link) {
        this.id = id;
        this.pending = pending;
        this.request = pending.request();
        this.link = link;
        this.report = pending.answer().report();
        this.upload = request.body() == null ? null : new Upload(id, link);
    }

    PendingRequest pending() {
        return pending;
    }

    void start() {
        RespondOptions options = pending.options();
        StringBuilder text = new StringBuilder(512);
        text.append(request.method()).append('\0');
        text.append(request.origin()).append(withoutNul(request.target())).append('\0');
        text.append(upload == null ? "" : "1").append('\0');
        text.append(withoutNul(address(options))).append('\0');
        text.append(withoutNul(options.protocol())).append('\0');
        text.append(platform(options));
        List<String> cookies = request.headers().all("cookie");
        request.headers().forEach((name, value) -> {
            if (cookies.size() > 1 && name.equalsIgnoreCase("cookie")) return;
            text.append('\0').append(withoutNul(name)).append('\0').append(withoutNul(value));
        });
        // HTTP/2 splits them; they are one field for the app (RFC 9113, 8.2.3)
        if (cookies.size() > 1) text.append("\0cookie\0").append(String.join("; ", cookies));
        link.send(Frame.text(Frame.REQUEST, id, text.toString()));
        if (upload != null && request.body() != null) request.body().subscribe(upload);
    }

    /** Returns the members of {@code event.platform} that only the front knows, as JSON. */
    private String platform(RespondOptions options) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (!options.platform().isEmpty()) values(options.platform(), members);
        if (!options.attributes().isEmpty()) members.put("attributes", options.attributes());
        RespondOptions.User user = options.principal();
        if (user != null) {
            Map<String, Object> principal = new LinkedHashMap<>(user.members());
            principal.put("name", user.name());
            members.put("principal", principal);
        }
        if (options.context() != null) {
            context = pending.contexts().add(options.context());
            members.put("context", context);
        }
        RespondOptions.Loopback front = options.loopback();
        if (front != null) {
            Map<String, String> headers = front.begin();
            loopback = headers;
            members.put("loopback", Map.of("url", front.url().toString(), "headers", headers));
        }
        if (report != null) members.put("cache", true);
        return members.isEmpty() ? "" : Json.write(members);
    }

    private static void values(Map<String, Object> platform, Map<String, Object> members) {
        Map<String, Object> values = new LinkedHashMap<>();
        List<String> observed = new ArrayList<>();
        platform.forEach((name, value) -> {
            if (value instanceof RespondOptions.Observed member) {
                observed.add(name);
                values.put(name, member.value());
            } else {
                values.put(name, value);
            }
        });
        members.put("values", values);
        if (!observed.isEmpty()) members.put("observed", observed);
    }

    /** Rejects NUL, which separates the texts of a frame. */
    private static String withoutNul(String text) {
        if (text.indexOf('\0') >= 0) throw new IllegalArgumentException("a request contains a NUL character: " + text);
        return text;
    }

    /** Returns the address, or a line feed and the reason why it is unknown. */
    private static String address(RespondOptions options) {
        try {
            return options.getClientAddress().get();
        } catch (IllegalStateException e) {
            return "\n" + e.getMessage();
        }
    }

    /** Handles a frame. Returns whether it was the last one. */
    boolean frame(byte type, ByteBuffer payload) throws IOException {
        switch (type) {
            case Frame.ANSWER -> {
                int length = payload.getInt();
                Head head = head(payload.slice(payload.position(), length));
                payload.position(payload.position() + length);
                end();
                pending.answer().complete(new Response(head.status(), head.headers(), whole(payload), head.source()));
                return true;
            }
            case Frame.HEAD -> {
                Download body = new Download(id, link);
                download = body;
                Head head = head(payload);
                pending.answer()
                        .complete(new Response(
                                head.status(), head.headers(), new Body.Stream(body, head.length()), head.source()));
            }
            case Frame.DATA -> {
                if (download == null) throw new IOException("DATA before HEAD");
                download.data(payload);
            }
            case Frame.END -> {
                end();
                if (report != null) report.end(Frame.text(payload));
                if (download != null) download.end(null);
                return true;
            }
            case Frame.RESET -> {
                end();
                IOException failure = new IOException(Frame.text(payload));
                if (download != null) download.end(failure);
                else pending.answer().fail(failure);
                return true;
            }
            case Frame.CREDIT -> {
                if (upload != null) upload.credit(payload.getInt());
            }
            default -> throw new IOException("unknown frame type " + type);
        }
        return false;
    }

    private Head head(ByteBuffer text) throws IOException {
        Head head = Head.of(Frame.text(text));
        if (report != null) {
            report.rule(head.rule());
            report.use(head.used());
            report.tag(head.tags());
        }
        for (String name : head.read()) {
            if (pending.options().platform().get(name) instanceof RespondOptions.Observed member)
                member.read().run();
        }
        return head;
    }

    private static Body whole(ByteBuffer payload) {
        byte[] content = new byte[payload.remaining()];
        payload.get(content);
        return content.length == 0
                ? Body.EMPTY
                : new Body.Bytes(ByteBuffer.wrap(content).asReadOnlyBuffer());
    }

    /** Stops the upload: the worker reads no more of the request. */
    private void end() {
        if (context != null) pending.contexts().remove(context);
        RespondOptions.Loopback front = pending.options().loopback();
        Map<String, String> headers = loopback;
        if (front != null && headers != null) front.end(headers);
        if (upload != null) upload.end();
    }

    /** Ends the exchange of a lost worker. Returns whether the request has no response yet. */
    boolean lost(WorkerLostException cause) {
        end();
        if (download == null) return true;
        download.end(cause);
        return false;
    }

    void cancel() {
        end();
        link.send(Frame.empty(Frame.CANCEL, id));
    }

    /**
     * Status and headers.
     *
     * @param status HTTP status
     * @param headers as the app set them
     * @param source {@code ASSET} if Vite has answered with a file, in a preview
     * @param read the {@linkplain RespondOptions.Observed observed} members of {@code platform} that the app read
     * @param rule as in {@link Report}
     * @param used as in {@link Report}
     * @param tags as in {@link Report}
     */
    private record Head(
            int status, Headers headers, Source source, List<String> read, String rule, String used, String tags) {

        /** No header has this name (RFC 9110, 5.1). */
        private static final String READ = ":read";

        static Head of(String text) throws IOException {
            String[] parts = text.split("\0", -1);
            if (parts.length % 2 == 0)
                throw new IOException("a head of " + parts.length + " texts; expected an odd number");
            Headers.Builder headers = Headers.builder();
            Source source = Source.WORKER;
            List<String> read = List.of();
            String rule = "";
            String used = "";
            String tags = "";
            for (int i = 1; i < parts.length; i += 2) {
                if (parts[i].equals(READ)) read = List.of(parts[i + 1].split(","));
                else if (parts[i].equals(":rule")) rule = parts[i + 1];
                else if (parts[i].equals(":used")) used = parts[i + 1];
                else if (parts[i].equals(":file")) source = Source.ASSET;
                else if (parts[i].equals(":tags")) tags = parts[i + 1];
                else headers.add(parts[i], parts[i + 1]);
            }
            return new Head(Integer.parseInt(parts[0]), headers.build(), source, read, rule, used, tags);
        }

        long length() {
            String length = headers.first("content-length");
            return length == null ? -1 : Long.parseLong(length);
        }
    }
}
