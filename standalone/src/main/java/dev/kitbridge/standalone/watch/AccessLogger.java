package dev.kitbridge.standalone.watch;

import dev.kitbridge.server.internal.json.Json;
import dev.kitbridge.standalone.front.LogDetails;
import dev.kitbridge.standalone.front.RawTargets;
import dev.kitbridge.standalone.settings.Settings.AccessLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * Logs a line for each answered request.
 *
 * @param format of the lines
 * @param lines writes them
 */
public record AccessLogger(AccessLog format, Consumer<String> lines) implements RequestLog {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Override
    public void log(Request request, Response response) {
        int status = LogDetails.status(request, response.getStatus());
        long bytes = Response.getContentBytesWritten(response);
        long nanos = System.nanoTime() - request.getBeginNanoTime();
        Instant time = Instant.ofEpochMilli(Request.getTimeStamp(request));
        lines.accept(
                format == AccessLog.JSON
                        ? json(request, time, status, bytes, nanos)
                        : combined(request, time, status, bytes));
    }

    private static String combined(Request request, Instant time, int status, long bytes) {
        return client(request) + " - - [" + DATE.format(time) + "] \"" + quoted(request.getMethod()) + " "
                + quoted(target(request)) + " "
                + request.getConnectionMetaData().getProtocol() + "\" " + status + " "
                + bytes + " \"" + header(request, HttpHeader.REFERER) + "\" \""
                + header(request, HttpHeader.USER_AGENT) + "\"";
    }

    private static String json(Request request, Instant time, int status, long bytes, long nanos) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("time", time.toString());
        line.put("client", client(request));
        line.put("method", request.getMethod());
        line.put("target", target(request));
        line.put("protocol", request.getConnectionMetaData().getProtocol());
        line.put("status", status);
        line.put("bytes", bytes);
        line.put("micros", TimeUnit.NANOSECONDS.toMicros(nanos));
        line.put("source", LogDetails.source(request));
        LogDetails details = LogDetails.of(request);
        put(line, "cache", details == null ? null : details.cache());
        put(line, "host", request.getHttpURI().getAuthority());
        put(line, "referer", request.getHeaders().get(HttpHeader.REFERER));
        put(line, "userAgent", request.getHeaders().get(HttpHeader.USER_AGENT));
        put(line, "traceparent", request.getHeaders().get("traceparent"));
        return Json.write(line);
    }

    private static void put(Map<String, @Nullable Object> line, String name, @Nullable String value) {
        if (value != null) line.put(name, value);
    }

    private static String client(Request request) {
        LogDetails details = LogDetails.of(request);
        String client = details == null ? Request.getRemoteAddr(request) : details.client();
        return client == null || client.isEmpty() ? "-" : quoted(client);
    }

    /** Returns the target as it was sent: a normalized path would hide attacks. */
    private static String target(Request request) {
        String target = RawTargets.sent(request);
        // as ISO-8859-1 like the header values; Jetty decodes targets as UTF-8
        return target == null ? "-" : new String(target.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static String header(Request request, HttpHeader name) {
        String value = request.getHeaders().get(name);
        return value == null ? "-" : quoted(value);
    }

    /** Escapes characters that would end a line or a field. */
    private static String quoted(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c >= 0x7f) return escaped(value);
        }
        return value;
    }

    private static String escaped(String value) {
        StringBuilder text = new StringBuilder(value.length() + 16);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') text.append('\\').append(c);
            else if (c < ' ' || c >= 0x7f) text.append(String.format("\\x%02x", (int) c));
            else text.append(c);
        }
        return text.toString();
    }
}
