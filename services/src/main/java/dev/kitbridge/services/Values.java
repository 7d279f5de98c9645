package dev.kitbridge.services;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.Calendar;
import java.util.Date;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/**
 * Converts between Java values and JSON. A value without a JSON type goes to JavaScript as a string that begins with
 * NUL and a letter: {@code n} a bigint, {@code d} a Date in milliseconds, {@code b} bytes in Base64, {@code f} a number
 * that is not finite. {@link PlainStrings} doubles the NUL of any other string that begins with one. Values from
 * JavaScript are read as the declared Java types.
 */
final class Values {

    /** {@code Number.MAX_SAFE_INTEGER}: JavaScript's number is exact up to it. */
    private static final long EXACT = (1L << 53) - 1;

    private static final int MAX_DEPTH = 100;

    private final JsonMapper mapper;

    Values() {
        MissingAnnotations.define();
        StreamReadConstraints constraints =
                StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build();
        // input never names a class
        this.mapper = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(constraints)
                        .addDecorator((factory, generator) -> new PlainStrings(generator))
                        .build())
                .polymorphicTypeValidator(
                        BasicPolymorphicTypeValidator.builder().build())
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .addModule(tags())
                .build();
    }

    @SuppressWarnings("JavaUtilDate")
    private static SimpleModule tags() {
        SimpleModule module = new SimpleModule("kitbridge");
        // without it, Jackson writes a CharBuffer, for example, as an object with properties
        module.addSerializer(CharSequence.class, new Text());
        add(module, BigInteger.class, value -> tagged('n', value));
        add(module, byte[].class, value -> tagged('b', Base64.getEncoder().encodeToString(value)));
        add(module, Instant.class, value -> date(value.toEpochMilli()));
        add(module, OffsetDateTime.class, value -> date(value.toInstant().toEpochMilli()));
        add(module, ZonedDateTime.class, value -> date(value.toInstant().toEpochMilli()));
        add(module, Date.class, value -> date(value.getTime()));
        add(module, Calendar.class, value -> date(value.getTimeInMillis()));
        module.addSerializer(Long.class, new Longs());
        module.addSerializer(Long.TYPE, new Longs());
        for (Class<? extends Number> type : java.util.List.of(Double.class, Double.TYPE, Float.class, Float.TYPE)) {
            module.addSerializer(type, new Floats<>());
        }
        return module;
    }

    private static <T> void add(SimpleModule module, Class<T> type, Function<T, String> form) {
        module.addSerializer(type, new Tagged<>(type, form));
    }

    private static String date(long millis) {
        return tagged('d', millis);
    }

    /** Returns a tagged value as JSON; its text needs no escapes. */
    private static String tagged(char tag, Object text) {
        return "\"\\u0000" + tag + text + '"';
    }

    JavaType type(Type type) {
        return mapper.getTypeFactory().constructType(type);
    }

    ObjectReader reader(JavaType type) {
        return mapper.readerFor(type);
    }

    ObjectWriter writer(JavaType type) {
        return mapper.writerFor(type);
    }

    JsonParser parser(byte[] json) {
        return mapper.createParser(json);
    }

    /**
     * Returns how many values a JSON array has, without reading them.
     *
     * @throws tools.jackson.core.JacksonException if it is not valid JSON
     */
    int length(byte[] json) {
        int count = 0;
        try (JsonParser parser = parser(json)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) return 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                parser.skipChildren();
                count++;
            }
        }
        return count;
    }

    /**
     * Writes a value as the payload of a frame.
     *
     * @param max size in bytes
     * @param what the value, for errors
     * @throws CallException if the JSON is larger
     */
    static Payload write(ObjectWriter writer, @Nullable Object value, int max, String what) throws CallException {
        Payload payload = new Payload(max);
        try {
            writer.writeValue((OutputStream) payload, value);
        } catch (tools.jackson.core.JacksonException e) {
            if (payload.isFull()) {
                throw new CallException(
                        CallException.LIMIT,
                        what + " has more than " + max
                                + " bytes as JSON; return less at a time, or a Stream or Flow.Publisher, whose items"
                                + " are sent one by one");
            }
            throw e;
        }
        return payload;
    }

    private static final class Text extends StdScalarSerializer<CharSequence> {

        Text() {
            super(CharSequence.class);
        }

        @Override
        public void serialize(CharSequence value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(value.toString());
        }
    }

    /** Writes each value as a tagged string. */
    private static final class Tagged<T> extends StdScalarSerializer<T> {

        private final transient Function<T, String> form;

        Tagged(Class<T> type, Function<T, String> form) {
            super(type);
            this.form = form;
        }

        @Override
        public void serialize(T value, JsonGenerator generator, SerializationContext context) {
            generator.writeRawValue(form.apply(value));
        }
    }

    private static final class Longs extends StdScalarSerializer<Long> {

        Longs() {
            super(Long.class);
        }

        @Override
        public void serialize(Long value, JsonGenerator generator, SerializationContext context) {
            if (value >= -EXACT && value <= EXACT) generator.writeNumber(value);
            else generator.writeRawValue(tagged('n', value));
        }
    }

    private static final class Floats<T extends Number> extends StdScalarSerializer<T> {

        Floats() {
            super(Number.class, false);
        }

        @Override
        public void serialize(T value, JsonGenerator generator, SerializationContext context) {
            if (!Double.isFinite(value.doubleValue())) generator.writeRawValue(tagged('f', value));
            else if (value instanceof Float number) generator.writeNumber(number);
            else generator.writeNumber(value.doubleValue());
        }
    }

    /** A growing buffer with room for a frame's header at its beginning. */
    static final class Payload extends OutputStream {

        private static final int HEADER = dev.kitbridge.server.internal.link.Frame.HEADER;

        private final int max;
        private byte[] bytes = new byte[512];
        private int end = HEADER;
        private boolean full;

        Payload(int max) {
            this.max = max;
        }

        boolean isFull() {
            return full;
        }

        /** Returns the length without the header. */
        int length() {
            return end - HEADER;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            if (length > max - length()) {
                full = true;
                throw new IOException("more than " + max + " bytes");
            }
            if (end + length > bytes.length) {
                bytes = java.util.Arrays.copyOf(bytes, Math.max(end + length, 2 * bytes.length));
            }
            System.arraycopy(from, offset, bytes, end, length);
            end += length;
        }

        java.nio.ByteBuffer frame(byte type, int id) {
            return java.nio.ByteBuffer.wrap(bytes, 0, end)
                    .putInt(length())
                    .put(type)
                    .putInt(id)
                    .position(0);
        }
    }
}
