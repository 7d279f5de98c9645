package dev.kitbridge.spring;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a form, which a filter and after it the app can read. All other bodies are left to the app. */
final class FormBody {

    private static final String TYPE = "application/x-www-form-urlencoded";

    /** Limit of a form that filters can read, in bytes; Tomcat's default for forms. */
    private static final int MAX_SIZE = 2 << 20;

    private final HttpServletRequest request;
    /** Null until a filter has asked for it. */
    private byte @Nullable [] bytes;

    FormBody(HttpServletRequest request) {
        this.request = request;
    }

    /** Returns the body, or nothing if the request has no form, or a larger one than filters can read. */
    byte[] read() {
        byte[] known = bytes;
        if (known != null) return known;
        String type = request.getContentType();
        long length = request.getContentLengthLong();
        boolean readable =
                type != null && type.toLowerCase(Locale.ROOT).startsWith(TYPE) && length >= 1 && length <= MAX_SIZE;
        if (!readable) return new byte[0];
        try {
            byte[] body = request.getInputStream().readNBytes((int) length);
            bytes = body;
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns {@link #read} as a stream. */
    ServletInputStream stream() {
        return new Replay(read());
    }

    /** Returns the request with its whole body, whether a filter has read it or not. */
    HttpServletRequest replayed() {
        byte[] body = bytes;
        return body == null ? request : new Replayed(request, body);
    }

    /** Returns the parameters of a query and of a form, which have the same syntax. */
    static Map<String, String[]> parameters(@Nullable String query, byte[] form) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (query != null) parse(query, values);
        parse(new String(form, StandardCharsets.ISO_8859_1), values);
        Map<String, String[]> parameters = new LinkedHashMap<>();
        values.forEach((name, all) -> parameters.put(name, all.toArray(String[]::new)));
        return parameters;
    }

    private static void parse(String text, Map<String, List<String>> values) {
        if (text.isEmpty()) return;
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** The request of a form whose body was read. */
    private static final class Replayed extends HttpServletRequestWrapper {

        private final ServletInputStream input;

        Replayed(HttpServletRequest request, byte[] body) {
            super(request);
            this.input = new Replay(body);
        }

        @Override
        public ServletInputStream getInputStream() {
            return input;
        }
    }

    private static final class Replay extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        Replay(byte[] body) {
            this.bytes = new ByteArrayInputStream(body);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return bytes.read(target, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            try {
                listener.onDataAvailable();
            } catch (IOException e) {
                listener.onError(e);
            }
        }
    }
}
