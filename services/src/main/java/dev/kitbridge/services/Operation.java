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

/** A method of a service. */
final class Operation {

    /** Jackson's hint on its own configuration, which no caller can change. */
    private static final Pattern ADVICE = Pattern.compile(" \\(but might if coercion .*\\)");

    /** Minimum interval between two warnings about calls of this method that do not return, in nanoseconds. */
    private static final long WARNING_INTERVAL = 10_000_000_000L;

    private final Object target;
    private final Method method;
    private final String name;
    private final Values values;
    private final Duration timeout;
    private final List<ObjectReader> readers;
    private final ObjectWriter writer;

    /** {@link System#nanoTime} of the last such warning. */
    private final AtomicLong lastWarning = new AtomicLong(System.nanoTime() - WARNING_INTERVAL);

    /** @param name of the service and the method, {@code catalog.search} */
    Operation(Object target, Method method, String name, Values values, Duration timeout) {
        this.target = target;
        this.method = method;
        this.name = name;
        this.values = values;
        this.timeout = timeout;
        // the interface may be package-private
        method.setAccessible(true);
        this.readers = Arrays.stream(method.getGenericParameterTypes())
                .map(type -> values.reader(values.type(type)))
                .toList();
        this.writer = values.writer(result(values, method.getGenericReturnType()));
    }

    /** Returns the type of the value, without the stage, publisher or stream around it. */
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

    /** Returns whether a warning about a call that does not return is due; the caller then logs it. */
    boolean isWarningDue() {
        long now = System.nanoTime();
        long before = lastWarning.get();
        return now - before >= WARNING_INTERVAL && lastWarning.compareAndSet(before, now);
    }

    /** Returns the writer of the result, or of the items of a stream. */
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
     * Calls the method.
     *
     * @param json the arguments as an array
     * @throws CallException if the arguments do not fit the parameters
     * @throws InvocationTargetException with what the method threw
     */
    @Nullable
    Object invoke(byte[] json) throws CallException, InvocationTargetException {
        @Nullable Object[] arguments = arguments(json);
        try {
            return method.invoke(target, arguments);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Object[] arguments(byte[] json) throws CallException {
        @Nullable Object[] arguments = new @Nullable Object[readers.size()];
        int count = 0;
        try (JsonParser parser = values.parser(json)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) throw wrong("the arguments are not a JSON array");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (count < arguments.length)
                    arguments[count] = readers.get(count).readValue(parser);
                else parser.skipChildren();
                count++;
            }
            if (parser.nextToken() != null) throw wrong("data follows the array of arguments");
        } catch (JacksonException e) {
            throw wrong("argument " + (count + 1) + ": "
                    + ADVICE.matcher(e.getOriginalMessage()).replaceAll("") + path(e));
        }
        if (count != arguments.length) {
            throw wrong("it takes " + counted(arguments.length) + ", and the call has " + count);
        }
        return arguments;
    }

    /** {@code 1 argument}, {@code 2 arguments}. */
    static String counted(int count) {
        return count + (count == 1 ? " argument" : " arguments");
    }

    private CallException wrong(String why) {
        return new CallException(CallException.ARGUMENTS, signature() + " was not called: " + why);
    }

    /** Returns where in the argument the error is, {@code lines[2].price}. */
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
