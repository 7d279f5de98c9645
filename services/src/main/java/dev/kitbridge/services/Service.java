package dev.kitbridge.services;

import dev.kitbridge.platform.PlatformService;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A service: an annotated interface and its implementation. Only the methods that the interface declares can be called.
 */
final class Service {

    /** {@code calls.mjs} truncates longer names. */
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][\\w$]{0,199}");

    /** JavaScript itself reads these properties of any object. */
    private static final Set<String> RESERVED = Set.of("then", "toJSON", "constructor", "prototype", "__proto__");

    private final String name;
    private final Object implementation;
    private final Values values;
    private final Map<String, List<Operation>> operations = new TreeMap<>();

    /**
     * @throws IllegalArgumentException if the interface cannot be called from JavaScript; the message has the reason
     */
    Service(Class<?> type, Object implementation, Values values, Duration timeout) {
        this.name = name(type);
        this.implementation = implementation;
        this.values = values;
        PlatformService annotation = type.getAnnotation(PlatformService.class);
        Duration common =
                annotation.timeout().isEmpty() ? timeout : Timeouts.parse(annotation.timeout(), type.getName());
        for (Method method : methods(type)) {
            PlatformService own = method.getAnnotation(PlatformService.class);
            Duration limit = own == null || own.timeout().isEmpty()
                    ? common
                    : Timeouts.parse(own.timeout(), type.getName() + "." + method.getName());
            Operation operation = new Operation(implementation, method, name + "." + method.getName(), values, limit);
            operations
                    .computeIfAbsent(method.getName(), key -> new ArrayList<>())
                    .add(operation);
        }
        operations.values().forEach(Service::checkOverloads);
    }

    /** Returns the name of the service in JavaScript. */
    static String name(Class<?> type) {
        PlatformService annotation = type.getAnnotation(PlatformService.class);
        if (annotation == null || !type.isInterface()) {
            throw new IllegalArgumentException(type.getName()
                    + " is not an interface with @PlatformService; only such interfaces can be services");
        }
        String simple = type.getSimpleName();
        String name = annotation.value().isEmpty()
                ? Character.toLowerCase(simple.charAt(0)) + simple.substring(1)
                : annotation.value();
        checkName(name, "the service " + type.getName());
        return name;
    }

    private static List<Method> methods(Class<?> type) {
        List<Method> methods = new ArrayList<>();
        for (Method method : type.getDeclaredMethods()) {
            int modifiers = method.getModifiers();
            if (Modifier.isStatic(modifiers) || !Modifier.isPublic(modifiers) || method.isSynthetic()) continue;
            if (isOfObject(method)) continue;
            checkName(method.getName(), "a method of " + type.getName());
            methods.add(method);
        }
        methods.sort(Comparator.comparing(Method::getName).thenComparing(Method::getParameterCount));
        return methods;
    }

    private static boolean isOfObject(Method method) {
        return Arrays.stream(Object.class.getMethods())
                .anyMatch(other -> other.getName().equals(method.getName())
                        && Arrays.equals(other.getParameterTypes(), method.getParameterTypes()));
    }

    private static void checkName(String name, String what) {
        if (IDENTIFIER.matcher(name).matches() && !RESERVED.contains(name)) return;
        throw new IllegalArgumentException("'" + name + "' is the name of " + what
                + "; expected a JavaScript identifier of 200 characters at most, other than "
                + String.join(", ", new java.util.TreeSet<>(RESERVED)));
    }

    /** JavaScript passes no types, so overloads must differ in the number of parameters. */
    private static void checkOverloads(List<Operation> overloads) {
        for (int i = 1; i < overloads.size(); i++) {
            if (overloads.get(i).arity() != overloads.get(i - 1).arity()) continue;
            throw new IllegalArgumentException(overloads.get(i - 1).signature() + " and "
                    + overloads.get(i).signature()
                    + " have the same number of parameters, by which JavaScript chooses the overload; rename one");
        }
    }

    String name() {
        return name;
    }

    Object implementation() {
        return implementation;
    }

    /**
     * Returns the method of that name, the overload with that many parameters.
     *
     * @throws CallException if there is no such method or overload
     */
    Operation operation(String method, byte[] arguments) throws CallException {
        @Nullable List<Operation> overloads = operations.get(method);
        if (overloads == null) {
            throw new CallException(
                    CallException.UNKNOWN,
                    "The service " + name + " has no method " + method + "; it has "
                            + String.join(", ", operations.keySet()));
        }
        if (overloads.size() == 1) return overloads.get(0);
        int count;
        try {
            count = values.length(arguments);
        } catch (JacksonException e) {
            // every overload rejects them, with the position of the error
            return overloads.get(0);
        }
        for (Operation operation : overloads) {
            if (operation.arity() == count) return operation;
        }
        throw new CallException(
                CallException.ARGUMENTS,
                name + "." + method + " does not take " + Operation.counted(count) + "; there are "
                        + overloads.stream().map(Operation::signature).collect(Collectors.joining(" and ")));
    }
}
