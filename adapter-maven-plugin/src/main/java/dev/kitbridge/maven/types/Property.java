package dev.kitbridge.maven.types;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A property of a value, by the rules of Jackson.
 *
 * @param name its name in JSON
 * @param type its type
 * @param member the record component, method or field in the source
 * @param nullable whether the member is marked as nullable; its type may be marked too
 */
record Property(String name, AnnotatedType type, String member, boolean nullable) {

    /** Returns the components of a record in order, or the getters and public fields of another class by name. */
    static List<Property> of(Class<?> type) {
        List<Property> properties = new ArrayList<>();
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                if (Annotations.has(component.getAccessor(), Annotations.IGNORE)) continue;
                add(
                        properties,
                        component.getName(),
                        component.getAnnotatedType(),
                        component.getName(),
                        component.getAccessor());
            }
            return properties;
        }
        for (Method method : type.getMethods()) {
            String name = nameOf(method);
            if (name.isEmpty() || Annotations.has(method, Annotations.IGNORE)) continue;
            add(properties, name, method.getAnnotatedReturnType(), method.getName(), method);
        }
        for (Field field : type.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) || Annotations.has(field, Annotations.IGNORE)) continue;
            add(properties, field.getName(), field.getAnnotatedType(), field.getName(), field);
        }
        properties.sort(Comparator.comparing(Property::name));
        return properties;
    }

    private static void add(
            List<Property> to, String name, AnnotatedType type, String member, AnnotatedElement element) {
        String said = Annotations.text(element, Annotations.PROPERTY).orElse(name);
        if (to.stream().anyMatch(other -> other.name().equals(said))) return;
        to.add(new Property(said, type, member, Annotations.isNullable(element)));
    }

    /** Returns the property of a getter, or an empty text. */
    private static String nameOf(Method method) {
        int modifiers = method.getModifiers();
        if (Modifier.isStatic(modifiers)
                || method.isBridge()
                || method.getParameterCount() > 0
                || method.getReturnType() == void.class
                || method.getDeclaringClass() == Object.class) {
            return "";
        }
        String name = method.getName();
        boolean truth = method.getReturnType() == boolean.class || method.getReturnType() == Boolean.class;
        String rest =
                name.startsWith("get") ? name.substring(3) : truth && name.startsWith("is") ? name.substring(2) : "";
        return rest.isEmpty() ? "" : Character.toLowerCase(rest.charAt(0)) + rest.substring(1);
    }
}
