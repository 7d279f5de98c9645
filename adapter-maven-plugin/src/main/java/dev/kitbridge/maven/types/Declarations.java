package dev.kitbridge.maven.types;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The names of classes in one TypeScript file, and those that still have to be declared there. */
final class Declarations {

    /** Names that mean something in the file already. */
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
            "Set",
            "String",
            "Number",
            "Boolean",
            "Symbol",
            "Uint8Array");

    private final Map<Class<?>, String> names = new HashMap<>();
    private final Map<String, Class<?>> classes = new TreeMap<>();
    private final Deque<Class<?>> open = new ArrayDeque<>();

    /** The name of a class, which is thereby to be declared. */
    String name(Class<?> type) {
        String known = names.get(type);
        if (known != null) return known;
        String name = free(type);
        names.put(type, name);
        classes.put(name, type);
        open.add(type);
        return name;
    }

    /** The next class that has to be declared. */
    @Nullable
    Class<?> next() {
        return open.poll();
    }

    /** The simple name; where that is taken, with the names around it. */
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
