package dev.kitbridge.maven.types;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Classes whose values have no properties in JavaScript, as the server's {@code Values} converts them. */
final class Scalars {

    private static final Map<Class<?>, String> RESULTS = new HashMap<>();

    /** The types of arguments that accept more values than the type of a result has. */
    private static final Map<Class<?>, String> ARGUMENTS = new HashMap<>();

    static {
        for (Class<?> type : new Class<?>[] {
            byte.class,
            Byte.class,
            short.class,
            Short.class,
            int.class,
            Integer.class,
            long.class,
            Long.class,
            float.class,
            Float.class,
            double.class,
            Double.class,
            BigDecimal.class,
            Number.class,
            Year.class
        }) {
            RESULTS.put(type, "number");
        }
        for (Class<?> type : new Class<?>[] {
            String.class, CharSequence.class, char.class, Character.class, char[].class, UUID.class, URI.class,
            URL.class, Locale.class, Currency.class, Path.class, File.class, Pattern.class, TimeZone.class,
            java.nio.charset.Charset.class, java.net.InetAddress.class
        }) {
            RESULTS.put(type, "string");
        }
        for (Class<?> type :
                new Class<?>[] {Instant.class, OffsetDateTime.class, ZonedDateTime.class, Date.class, Calendar.class}) {
            RESULTS.put(type, "Date");
            ARGUMENTS.put(type, "Date | string");
        }
        RESULTS.put(boolean.class, "boolean");
        RESULTS.put(Boolean.class, "boolean");
        RESULTS.put(BigInteger.class, "bigint");
        RESULTS.put(byte[].class, "Uint8Array");
        RESULTS.put(void.class, "void");
        RESULTS.put(Void.class, "void");
        ARGUMENTS.put(long.class, "number | bigint");
        ARGUMENTS.put(Long.class, "number | bigint");
        ARGUMENTS.put(BigInteger.class, "bigint | number");
        ARGUMENTS.put(byte[].class, "Uint8Array | ArrayBuffer");
    }

    private Scalars() {}

    /**
     * Returns the type in TypeScript.
     *
     * @param argument whether the value is passed to Java
     * @return null if a value has properties
     */
    static @Nullable String of(Class<?> type, boolean argument) {
        String wider = argument ? ARGUMENTS.get(type) : null;
        if (wider != null) return wider;
        String known = RESULTS.get(type);
        if (known != null) return known;
        // classes of java.time are texts in ISO 8601
        boolean time = type.getName().startsWith("java.time.") && !type.isEnum();
        return time || Path.class.isAssignableFrom(type) ? "string" : null;
    }
}
