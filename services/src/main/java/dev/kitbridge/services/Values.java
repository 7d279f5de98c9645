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
 * Java values as JSON. What JSON does not have goes to JavaScript as a string that begins with NUL and a letter:
 * {@code n} a bigint, {@code d} a Date in milliseconds, {@code b} bytes in Base64, {@code f} a number that is not
 * finite. {@link PlainStrings} doubles the NUL of any other string that begins with one. In the other direction Java's
 * types say what is meant.
 */
final class Values {

    /** Numbers beyond it are not exact in JavaScript: {@code Number.MAX_SAFE_INTEGER}. */
    private static final long EXACT = (1L << 53) - 1;

    private static final int DEEPEST = 100;

    private final JsonMapper mapper;

    Values() {
        StreamReadConstraints constraints =
                StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build();
        // a class is never named by what comes in
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
        // Jackson takes a CharBuffer, for example, for an object with properties
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

    /** A value as JSON, whose text needs no escapes. */
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
     * Writes a value as the payload of a frame.
     *
     * @param what names it in errors
     * @throws Trouble.Refused if it is larger than that
     */
    static Payload write(ObjectWriter writer, @Nullable Object value, int largest, String what) throws Trouble.Refused {
        Payload payload = new Payload(largest);
        try {
            writer.writeValue((OutputStream) payload, value);
        } catch (tools.jackson.core.JacksonException e) {
            if (payload.isFull()) {
                throw new Trouble.Refused(
                        Trouble.LIMIT,
                        what + " has more than " + largest
                                + " bytes as JSON; return less of it at a time, or a Stream or Flow.Publisher, whose items"
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

    /** Writes a tagged string for each value. */
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

    /** Bytes with room for a frame's header before them. */
    static final class Payload extends OutputStream {

        private static final int HEADER = dev.kitbridge.server.link.Frame.HEADER;

        private final int largest;
        private byte[] bytes = new byte[512];
        private int end = HEADER;
        private boolean full;

        Payload(int largest) {
            this.largest = largest;
        }

        boolean isFull() {
            return full;
        }

        /** How long the payload is. */
        int length() {
            return end - HEADER;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            if (length > largest - length()) {
                full = true;
                throw new IOException("more than " + largest + " bytes");
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
