package dev.kitbridge.maven.types;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the declarations of services and of the types that they use. The text is the same for the same classes. */
public final class TypeWriter {

    /** The first line, which identifies a file of this class. */
    public static final String HEADER =
            "// Written by adapter:types from the Java interfaces with @PlatformService. Do not edit: it is written again.";

    private static final String STREAM =
            """

            /** Items that arrive one by one; read them with `for await`. */
            export type ServiceStream<T> = Promise<AsyncIterable<T>> & AsyncIterable<T>;
            """;

    private static final String PRINCIPAL =
            """
            			/** The user that the Java front has authenticated. Throws while prerendering. */
            			principal: { name: string } | null;
            """;

    private static final String SECURITY =
            """
            			/** The user of Spring Security, null if nobody is signed in. Throws while prerendering. */
            			principal: { name: string; authorities: string[] } | null;
            			/** The token for requests to paths of Spring. Reading it creates a session. Throws while prerendering. */
            			csrf: { headerName: string; parameterName: string; token: string };
            """;

    private final JavaSources sources;
    private final boolean security;
    private final Declarations declarations = new Declarations();
    private final Map<String, String> texts = new TreeMap<>();

    /**
     * @param sources the sources of the interfaces, if the module has them
     * @param security whether the starter and Spring Security add members to {@code event.platform}
     */
    public TypeWriter(JavaSources sources, boolean security) {
        this.sources = sources;
        this.security = security;
    }

    /**
     * Returns the text of the file.
     *
     * @param services interfaces by the names of the services in JavaScript
     */
    public String write(Map<String, Class<?>> services) {
        Map<String, String> members = new TreeMap<>();
        services.forEach((name, type) -> members.put(name, declarations.name(type)));
        for (Class<?> type : services.values()) texts.put(declarations.name(type), service(type));
        for (Class<?> type = declarations.next(); type != null; type = declarations.next()) {
            if (!services.containsValue(type)) texts.put(declarations.name(type), data(type));
        }
        String all = String.join("\n", texts.values());
        return HEADER + "\n\n" + global(members) + "\n" + all + PageCacheTypes.CONFIG
                + (all.contains("ServiceStream<") ? STREAM : "");
    }

    private String global(Map<String, String> services) {
        StringBuilder text = new StringBuilder(
                """
                declare global {
                	namespace App {
                		/** Available under `mvn adapter:dev`, in previews, while prerendering, and in production; not under `vite dev` alone. */
                		interface Platform {
                			/** The module's own Java services. */
                			services: {
                """);
        services.forEach((name, type) ->
                text.append("\t\t\t\t").append(name).append(": ").append(type).append(";\n"));
        text.append("\t\t\t};\n").append(PageCacheTypes.MEMBER).append(security ? SECURITY : PRINCIPAL);
        return text.append(
                        """
                        			/** Values that the Java front adds to the request. Throws while prerendering. */
                        			attributes: Record<string, unknown>;
                        			/** The request as the Java front received it. Throws while prerendering. */
                        			request: { method: string; address?: string; protocol?: string };
                        		}
                        	}
                        }
                        """)
                .toString();
    }

    private String service(Class<?> type) {
        StringBuilder text = new StringBuilder(TsDoc.of(sources.type(type), ""));
        text.append("export interface ").append(declarations.name(type)).append(" {\n");
        for (Method method : methods(type)) {
            JavaSources.Member source = sources.method(method);
            text.append(TsDoc.of(source.doc(), "\t"))
                    .append('\t')
                    .append(method.getName())
                    .append(parameters(method, source.parameters()))
                    .append(": ")
                    .append(TypeText.result(method.getAnnotatedReturnType(), declarations))
                    .append(";\n");
        }
        return text.append("}\n").toString();
    }

    /** Returns the callable methods, as the server does. */
    static List<Method> methods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers())
                        && !Modifier.isStatic(method.getModifiers())
                        && !method.isSynthetic()
                        && !isOfObject(method))
                .sorted(Comparator.comparing(Method::getName).thenComparing(Method::getParameterCount))
                .toList();
    }

    private static boolean isOfObject(Method method) {
        return Arrays.stream(Object.class.getMethods())
                .anyMatch(other -> other.getName().equals(method.getName())
                        && Arrays.equals(other.getParameterTypes(), method.getParameterTypes()));
    }

    private String parameters(Method method, List<String> names) {
        TypeText text = new TypeText(declarations, true);
        Parameter[] parameters = method.getParameters();
        AnnotatedType[] types = method.getAnnotatedParameterTypes();
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < parameters.length; i++) {
            String name = i < names.size() ? names.get(i) : parameters[i].getName();
            parts.add(name + ": " + text.of(types[i], Annotations.isNullable(parameters[i])));
        }
        return parts.stream().collect(Collectors.joining(", ", "(", ")"));
    }

    private String data(Class<?> type) {
        String doc = TsDoc.of(sources.type(type), "");
        if (type.isEnum()) return doc + "export type " + declarations.name(type) + " = " + constants(type) + ";\n";
        TypeText text = new TypeText(declarations, false);
        String head = declarations.name(type) + variables(type);
        for (Method method : type.getMethods()) {
            if (!Annotations.has(method, Annotations.VALUE)) continue;
            return doc + "export type " + head + " = " + text.of(method.getAnnotatedReturnType()) + ";\n";
        }
        if (type.isSealed()) {
            return doc + "export type " + head + " = "
                    + Arrays.stream(type.getPermittedSubclasses())
                            .map(declarations::name)
                            .collect(Collectors.joining(" | "))
                    + ";\n";
        }
        StringBuilder lines = new StringBuilder(doc + "export interface " + head + " {\n");
        for (Property property : Property.of(type)) {
            lines.append(TsDoc.of(sources.member(type, property.member()), "\t"))
                    .append('\t')
                    .append(key(property.name()))
                    .append(": ")
                    .append(text.of(property.type(), property.nullable()))
                    .append(";\n");
        }
        return lines.append("}\n").toString();
    }

    private static String variables(Class<?> type) {
        return type.getTypeParameters().length == 0
                ? ""
                : Arrays.stream(type.getTypeParameters())
                        .map(TypeVariable::getName)
                        .collect(Collectors.joining(", ", "<", ">"));
    }

    /** Jackson writes the result of {@code toString}, unless the constant has an explicit name. */
    private static String constants(Class<?> type) {
        Object[] constants = type.getEnumConstants();
        if (constants == null || constants.length == 0) return "never";
        return Arrays.stream(constants)
                .map(constant -> quoted(constant(type, (Enum<?>) constant)))
                .collect(Collectors.joining(" | "));
    }

    private static String constant(Class<?> type, Enum<?> constant) {
        try {
            return Annotations.text(type.getField(constant.name()), Annotations.PROPERTY)
                    .orElse(constant.toString());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String key(String name) {
        return name.matches("[\\w$]+") && !name.matches("\\d.*") ? name : quoted(name);
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
