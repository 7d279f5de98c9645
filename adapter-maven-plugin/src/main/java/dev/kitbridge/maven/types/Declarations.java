package dev.kitbridge.maven.types;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The names of classes in a TypeScript file, with a queue of classes to declare. */
final class Declarations {

    /** Names that the file uses already. */
    private static final Set<String> TAKEN = Set.of(
            "App",
            "Array",
            "ArrayBuffer",
            "AsyncIterable",
            "Date",
            "Error",
            "Map",
            "Object",
            "Partial",
            "Platform",
            "Promise",
            "Record",
            "ServiceStream",
            "RouteConfig",
            "Set",
            "String",
            "Number",
            "Boolean",
            "Symbol",
            "Uint8Array");

    private final Map<Class<?>, String> names = new HashMap<>();
    private final Map<String, Class<?>> classes = new TreeMap<>();
    private final Deque<Class<?>> open = new ArrayDeque<>();

    /** Returns the name of a class, and queues the class for declaration. */
    String name(Class<?> type) {
        String known = names.get(type);
        if (known != null) return known;
        String name = free(type);
        names.put(type, name);
        classes.put(name, type);
        open.add(type);
        return name;
    }

    /** Returns the next class to declare. */
    @Nullable
    Class<?> next() {
        return open.poll();
    }

    /** Returns the simple name; if it is taken, the name with its enclosing classes. */
    private String free(Class<?> type) {
        String name = type.getSimpleName();
        for (Class<?> outer = type.getEnclosingClass();
                isTaken(name) && outer != null;
                outer = outer.getEnclosingClass()) {
            name = outer.getSimpleName() + name;
        }
        return isTaken(name) ? type.getName().replace('.', '_') : name;
    }

    private boolean isTaken(String name) {
        return TAKEN.contains(name) || classes.containsKey(name);
    }
}
