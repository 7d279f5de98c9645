package dev.kitbridge.services;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.BaseStream;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/** A method that can be called. */
final class Operation {

    /** What Jackson tells those who configure it. */
    private static final Pattern ADVICE = Pattern.compile(" \\(but might if coercion .*\\)");

    /** Pause between lines of the log that say the same, in nanoseconds. */
    private static final long TELLING = 10_000_000_000L;

    private final Object target;
    private final Method method;
    private final String name;
    private final Values values;
    private final Duration timeout;
    private final List<ObjectReader> readers;
    private final ObjectWriter writer;

    /** How many calls of it have a place; belongs to {@link Places}. */
    volatile int underWay;

    /** {@link System#nanoTime} at which the log was told of calls that do not end. */
    private final AtomicLong told = new AtomicLong(System.nanoTime() - TELLING);

    /** @param name of the service and the method, {@code catalog.search} */
    Operation(Object target, Method method, String name, Values values, Duration timeout) {
        this.target = target;
        this.method = method;
        this.name = name;
        this.values = values;
        this.timeout = timeout;
        // the interface may be package-private, and the implementation anything
        method.setAccessible(true);
        this.readers = Arrays.stream(method.getGenericParameterTypes())
                .map(type -> values.reader(values.type(type)))
                .toList();
        this.writer = values.writer(result(values, method.getGenericReturnType()));
    }

    /** Of what comes later, or one by one, the type of that. */
    private static JavaType result(Values values, Type declared) {
        JavaType type = values.type(declared);
        for (Class<?> wrapper : List.of(CompletionStage.class, Flow.Publisher.class, BaseStream.class)) {
            if (!type.isTypeOrSubTypeOf(wrapper)) continue;
            JavaType[] arguments = type.findTypeParameters(wrapper);
            JavaType inner = arguments.length == 0 ? values.type(Object.class) : arguments[0];
            return wrapper == CompletionStage.class ? resultOf(values, inner) : inner;
        }
        return type;
    }

    private static JavaType resultOf(Values values, JavaType inner) {
        for (Class<?> wrapper : List.of(Flow.Publisher.class, BaseStream.class)) {
            if (!inner.isTypeOrSubTypeOf(wrapper)) continue;
            JavaType[] arguments = inner.findTypeParameters(wrapper);
            return arguments.length == 0 ? values.type(Object.class) : arguments[0];
        }
        return inner;
    }

    String name() {
        return name;
    }

    int arity() {
        return readers.size();
    }

    Duration timeout() {
        return timeout;
    }

    /** Whether the log has not been told for a while that calls of it do not end; it is told then. */
    boolean mayTell() {
        long now = System.nanoTime();
        long before = told.get();
        return now - before >= TELLING && told.compareAndSet(before, now);
    }

    /** Writes the result, or an item of it. */
    ObjectWriter writer() {
        return writer;
    }

    /** {@code catalog.search(String query, int limit)}. */
    String signature() {
        return name
                + Arrays.stream(method.getParameters())
                        .map(Operation::parameter)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String parameter(Parameter parameter) {
        return simple(parameter.getParameterizedType()) + (parameter.isNamePresent() ? " " + parameter.getName() : "");
    }

    private static String simple(Type type) {
        if (type instanceof Class<?> known) return known.getSimpleName();
        if (!(type instanceof ParameterizedType generic)) return type.getTypeName();
        return Arrays.stream(generic.getActualTypeArguments())
                .map(Operation::simple)
                .collect(Collectors.joining(", ", simple(generic.getRawType()) + "<", ">"));
    }

    /**
     * Carries out a call.
     *
     * @param json an array
     * @throws Trouble.Refused if the arguments are not what the method takes
     * @throws InvocationTargetException with what the method threw
     */
    @Nullable
    Object invoke(byte[] json) throws Trouble.Refused, InvocationTargetException {
        @Nullable Object[] arguments = arguments(json);
        try {
            return method.invoke(target, arguments);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Object[] arguments(byte[] json) throws Trouble.Refused {
        @Nullable Object[] arguments = new @Nullable Object[readers.size()];
        int count = 0;
        try (JsonParser parser = values.parser(json)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) throw wrong("the arguments are no array");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (count == arguments.length) throw wrongCount(Arguments.count(json));
                arguments[count] = readers.get(count).readValue(parser);
                count++;
            }
            if (parser.nextToken() != null) throw wrong("something follows the arguments");
        } catch (JacksonException e) {
            throw wrong("argument " + (count + 1) + ": "
                    + ADVICE.matcher(e.getOriginalMessage()).replaceAll("") + path(e));
        }
        if (count < arguments.length) throw wrongCount(count);
        return arguments;
    }

    private Trouble.Refused wrongCount(int count) {
        return wrong("it takes " + Arguments.counted(readers.size()) + ", and the call has " + count);
    }

    private Trouble.Refused wrong(String why) {
        return new Trouble.Refused(Trouble.ARGUMENTS, signature() + " was not called: " + why);
    }

    /** Where in the argument, {@code lines[2].price}. */
    private static String path(JacksonException e) {
        if (e.getPath().isEmpty()) return "";
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() == null)
                path.append('[').append(step.getIndex()).append(']');
            else path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
        }
        return " (at " + path + ")";
    }
}
