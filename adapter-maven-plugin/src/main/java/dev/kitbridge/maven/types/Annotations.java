package dev.kitbridge.maven.types;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Optional;

/** Reads annotations of a module's classes by name, because the module has its own class loader. */
final class Annotations {

    static final String SERVICE = "dev.kitbridge.platform.PlatformService";
    static final String PROPERTY = "com.fasterxml.jackson.annotation.JsonProperty";
    static final String IGNORE = "com.fasterxml.jackson.annotation.JsonIgnore";
    static final String VALUE = "com.fasterxml.jackson.annotation.JsonValue";

    private Annotations() {}

    static boolean has(AnnotatedElement element, String name) {
        return find(element, name).isPresent();
    }

    /** Returns whether an annotation is JSpecify's, or has the same simple name. */
    static boolean isNullable(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations())
                .anyMatch(annotation ->
                        annotation.annotationType().getSimpleName().equals("Nullable"));
    }

    /** Returns the value of an annotation with a text; empty if the annotation or its value is missing. */
    static Optional<String> text(AnnotatedElement element, String name) {
        return find(element, name).map(Annotations::value).filter(text -> !text.isEmpty());
    }

    private static Optional<Annotation> find(AnnotatedElement element, String name) {
        return Arrays.stream(element.getAnnotations())
                .filter(annotation -> annotation.annotationType().getName().equals(name))
                .findFirst();
    }

    private static String value(Annotation annotation) {
        try {
            Object value = annotation.annotationType().getMethod("value").invoke(annotation);
            return value instanceof String text ? text : "";
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(annotation + " has no value that can be read", e);
        }
    }
}
