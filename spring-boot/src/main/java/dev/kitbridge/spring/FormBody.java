package dev.kitbridge.spring;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
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

    private static final byte[] NOTHING = {};

    /** Limit of a form that filters can read, in bytes; Tomcat's default for forms. */
    private static final int MAX_SIZE = 2 << 20;

    private final HttpServletRequest request;
    /** Null until a filter has asked for it. */
    private byte @Nullable [] bytes;
    /** The reason why {@link #bytes} are not the whole body. */
    private @Nullable IOException failure;

    FormBody(HttpServletRequest request) {
        this.request = request;
    }

    /**
     * Returns the body, or nothing if the request has no form, or one that is incomplete or larger than filters can
     * read.
     */
    byte[] read() {
        byte[] known = bytes;
        if (known != null) return known;
        if (!isReadable()) return NOTHING;
        byte[] body = NOTHING;
        try {
            // a form in chunks has no length
            body = request.getInputStream().readNBytes(MAX_SIZE + 1);
            if (body.length < request.getContentLengthLong()) throw new EOFException("the form is incomplete");
            if (body.length > MAX_SIZE) throw new IOException("the form has more than " + MAX_SIZE + " bytes");
        } catch (IOException e) {
            // the app gets the error, as for other bodies
            failure = e;
            body = NOTHING;
        }
        bytes = body;
        return body;
    }

    private boolean isReadable() {
        String type = request.getContentType();
        return type != null
                && type.toLowerCase(Locale.ROOT).startsWith(TYPE)
                && request.getContentLengthLong() != 0
                && request.getContentLengthLong() <= MAX_SIZE;
    }

    /** Returns {@link #read} as a stream. */
    ServletInputStream stream() {
        return new Replay(read(), null);
    }

    /** Returns the request with its whole body, whether a filter has read it or not. */
    HttpServletRequest replayed() {
        byte[] body = bytes;
        return body == null ? request : new Replayed(request, new Replay(body, failure));
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

        Replayed(HttpServletRequest request, ServletInputStream input) {
            super(request);
            this.input = input;
        }

        @Override
        public ServletInputStream getInputStream() {
            return input;
        }
    }

    private static final class Replay extends ServletInputStream {

        private final ByteArrayInputStream bytes;
        private final @Nullable IOException failure;

        Replay(byte[] body, @Nullable IOException failure) {
            this.bytes = new ByteArrayInputStream(body);
            this.failure = failure;
        }

        @Override
        public int read() throws IOException {
            if (failure != null) throw failure;
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (failure != null) throw failure;
            return bytes.read(target, offset, length);
        }

        @Override
        public boolean isFinished() {
            return failure == null && bytes.available() == 0;
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
