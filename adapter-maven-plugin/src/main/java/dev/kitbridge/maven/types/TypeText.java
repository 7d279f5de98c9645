package dev.kitbridge.maven.types;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.BaseStream;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Translates Java types to the TypeScript types of their values in a call.
 *
 * @param declarations names of the classes with properties
 * @param argument whether the values are passed to Java
 */
record TypeText(Declarations declarations, boolean argument) {

    /** Returns the type, with {@code null} if it is nullable. */
    String of(AnnotatedType type) {
        return of(type, false);
    }

    /** @param nullable whether the member with the value is marked as nullable */
    String of(AnnotatedType type, boolean nullable) {
        String text = plain(type);
        boolean empty = nullable || Annotations.isNullable(type) || isOptional(raw(type));
        return empty && !text.equals("unknown") && !text.equals("void") ? text + " | null" : text;
    }

    /** Returns the type that a call of a method returns. */
    static String result(AnnotatedType type, Declarations declarations) {
        TypeText text = new TypeText(declarations, false);
        AnnotatedType inner = type;
        if (CompletionStage.class.isAssignableFrom(raw(inner)) && arguments(inner).length == 1) {
            inner = arguments(inner)[0];
        }
        Class<?> raw = raw(inner);
        if (BaseStream.class.isAssignableFrom(raw) || Flow.Publisher.class.isAssignableFrom(raw)) {
            return "ServiceStream<" + text.item(inner, raw) + ">";
        }
        return "Promise<" + text.of(inner) + ">";
    }

    private String item(AnnotatedType type, Class<?> raw) {
        if (List.of(IntStream.class, LongStream.class, DoubleStream.class).contains(raw)) return "number";
        AnnotatedType[] arguments = arguments(type);
        return arguments.length == 0 ? "unknown" : of(arguments[0]);
    }

    private String plain(AnnotatedType type) {
        if (type instanceof AnnotatedWildcardType wildcard) {
            AnnotatedType[] bounds = wildcard.getAnnotatedUpperBounds();
            return bounds.length == 0 ? "unknown" : plain(bounds[0]);
        }
        if (type.getType() instanceof TypeVariable<?> variable) return variable(variable);
        Class<?> raw = raw(type);
        String scalar = Scalars.of(raw, argument);
        if (scalar != null) return scalar;
        if (type instanceof AnnotatedArrayType array) return list(array.getAnnotatedGenericComponentType());
        if (isOptional(raw)) return optional(type, raw);
        AnnotatedType[] arguments = arguments(type);
        if (Map.class.isAssignableFrom(raw)) return arguments.length == 2 ? map(arguments) : "Record<string, unknown>";
        if (Iterable.class.isAssignableFrom(raw) && isOfJava(raw)) {
            return arguments.length == 1 ? list(arguments[0]) : "unknown[]";
        }
        if (isOfJava(raw) && !raw.isEnum()) return "unknown";
        return declarations.name(raw)
                + (arguments.length == 0
                        ? ""
                        : Arrays.stream(arguments).map(this::of).collect(Collectors.joining(", ", "<", ">")));
    }

    /** Returns {@code unknown} for a type parameter of a method, which a caller in JavaScript cannot choose. */
    private static String variable(TypeVariable<?> variable) {
        return variable.getGenericDeclaration() instanceof Class<?> ? variable.getName() : "unknown";
    }

    private String optional(AnnotatedType type, Class<?> raw) {
        if (raw != Optional.class) return "number";
        AnnotatedType[] arguments = arguments(type);
        return arguments.length == 0 ? "unknown" : plain(arguments[0]);
    }

    private String list(AnnotatedType item) {
        String text = of(item);
        return text.contains("|") ? "(" + text + ")[]" : text + "[]";
    }

    private String map(AnnotatedType[] arguments) {
        Class<?> key = raw(arguments[0]);
        String value = of(arguments[1]);
        if (key.isEnum()) return "Partial<Record<" + declarations.name(key) + ", " + value + ">>";
        return "Record<string, " + value + ">";
    }

    private static boolean isOptional(Class<?> raw) {
        return List.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class)
                .contains(raw);
    }

    private static boolean isOfJava(Class<?> type) {
        return type.getName().startsWith("java.")
                || type.getName().startsWith("javax.")
                || type.isPrimitive()
                || type.getName().startsWith("tools.jackson.");
    }

    static AnnotatedType[] arguments(AnnotatedType type) {
        return type instanceof AnnotatedParameterizedType generic
                ? generic.getAnnotatedActualTypeArguments()
                : new AnnotatedType[0];
    }

    static Class<?> raw(AnnotatedType type) {
        return raw(type.getType());
    }

    private static Class<?> raw(Type type) {
        if (type instanceof Class<?> known) return known;
        if (type instanceof ParameterizedType generic) return raw(generic.getRawType());
        if (type instanceof java.lang.reflect.GenericArrayType) return Object[].class;
        return Object.class;
    }
}
