package dev.kitbridge.maven.adapters;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Option;
import dev.kitbridge.maven.failure.Closest;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.json.Jackson;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** Creates an adapter's options record from XML, and describes its options. */
final class OptionsReader {

    private static final JsonMapper JSON = Jackson.MAPPER
            .rebuild()
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .enable(DeserializationFeature.WRAP_EXCEPTIONS)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .build();

    /**
     * An option as {@code adapter:list} shows it.
     *
     * @param name in XML
     * @param type description of the accepted values
     * @param defaultValue in the notation of the POM, or empty
     * @param description one line, or empty
     */
    record Described(String name, String type, String defaultValue, String description) {}

    private OptionsReader() {}

    /**
     * Creates the record.
     *
     * @throws UserFailure if an option is unknown or has a wrong type, or the record rejects a value
     */
    static <O extends Record> O read(AdapterEntry settings, Class<O> type) {
        RecordComponent[] components = components(type);
        List<String> names = names(type);
        Map<String, Object> values = new LinkedHashMap<>();
        settings.options().forEach((name, value) -> {
            if (!names.contains(name)) {
                String suggestion = Closest.suggestion(name, names);
                throw new UserFailure("<" + settings.name() + "> has no option <" + name + ">"
                        + (suggestion.isEmpty() ? "." : suggestion) + " It accepts " + listed(names));
            }
            RecordComponent component = components[names.indexOf(name)];
            values.put(component.getName(), isList(component.getType()) ? asList(value) : value);
        });
        try {
            return JSON.convertValue(values, type);
        } catch (JacksonException e) {
            throw failure(settings, components, e);
        }
    }

    private static UserFailure failure(AdapterEntry settings, RecordComponent[] components, JacksonException e) {
        Throwable cause = e.getCause();
        if (cause instanceof IllegalArgumentException || cause instanceof AdapterException) {
            return new UserFailure("<" + settings.name() + ">: " + cause.getMessage(), e);
        }
        List<JacksonException.Reference> path = e instanceof DatabindException bind ? bind.getPath() : List.of();
        String name = path.isEmpty() ? "" : path.get(0).getPropertyName();
        for (RecordComponent component : components) {
            if (!component.getName().equals(name)) continue;
            return new UserFailure(
                    "<" + name(component) + "> of <" + settings.name() + "> is '"
                            + settings.options().get(name(component)) + "'; it accepts "
                            + accepts(component.getGenericType()),
                    e);
        }
        return new UserFailure("<" + settings.name() + ">: " + e.getOriginalMessage(), e);
    }

    /** Describes each option for {@code adapter:list}. */
    static <O extends Record> List<Described> describe(Class<O> type) {
        @Nullable O defaults = defaults(type);
        List<Described> described = new ArrayList<>();
        for (RecordComponent component : components(type)) {
            Option option = component.getAnnotation(Option.class);
            String given = option == null ? "" : option.defaultValue();
            described.add(new Described(
                    name(component),
                    accepts(component.getGenericType()),
                    given.isEmpty() && defaults != null ? shown(value(component, defaults)) : given,
                    option == null ? "" : option.value()));
        }
        return described;
    }

    /** Returns the names of all options. */
    static List<String> names(Class<? extends Record> type) {
        return Arrays.stream(components(type)).map(OptionsReader::name).toList();
    }

    private static String name(RecordComponent component) {
        Option option = component.getAnnotation(Option.class);
        return option == null || option.name().isEmpty() ? component.getName() : option.name();
    }

    private static RecordComponent[] components(Class<? extends Record> type) {
        RecordComponent[] components = type.getRecordComponents();
        return components == null ? new RecordComponent[0] : components;
    }

    /** Creates the record with defaults only; null if an option is required. */
    private static <O extends Record> @Nullable O defaults(Class<O> type) {
        try {
            return JSON.convertValue(Map.of(), type);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static @Nullable Object value(RecordComponent component, Object record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
            return null;
        }
    }

    private static String shown(@Nullable Object value) {
        if (value == null) return "";
        if (value instanceof Map<?, ?> || (value instanceof Record && !isText(value.getClass()))) return "";
        if (value instanceof Collection<?> all) {
            return all.stream().map(OptionsReader::shown).collect(Collectors.joining(","));
        }
        return value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : value.toString();
    }

    private static String accepts(Type type) {
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            Type[] arguments = generic.getActualTypeArguments();
            if (isList(raw)) return "a list (" + accepts(arguments[0]) + ")";
            if (Map.class.isAssignableFrom(raw)) return "child elements by name";
        }
        if (!(type instanceof Class<?> plain)) return "a text";
        if (plain == boolean.class || plain == Boolean.class) return "true or false";
        if (plain == String.class) return "a text";
        if (plain == Object.class) return "child elements, or JSON";
        if (plain == Path.class) return "a path";
        if (plain.isPrimitive() || Number.class.isAssignableFrom(plain)) {
            boolean real =
                    plain == double.class || plain == float.class || plain == Double.class || plain == Float.class;
            return real ? "a number" : "a whole number";
        }
        if (plain.isEnum()) {
            return Stream.of(plain.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
        }
        return plain.isRecord() && !isText(plain)
                ? "child elements "
                        + listed(Arrays.stream(plain.getRecordComponents())
                                .map(RecordComponent::getName)
                                .toList())
                : "a text";
    }

    /** Returns whether Jackson creates the type from a text. */
    private static boolean isText(Class<?> type) {
        try {
            return Modifier.isStatic(type.getMethod("valueOf", String.class).getModifiers());
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static boolean isList(Class<?> type) {
        return Collection.class.isAssignableFrom(type);
    }

    /** Reads a list: a text separated by commas, child elements of any name, or the option several times. */
    private static List<?> asList(Object value) {
        if (value instanceof String text) {
            return text.isBlank()
                    ? List.of()
                    : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        }
        if (value instanceof List<?> all) return all;
        List<Object> items = new ArrayList<>();
        for (Object item : ((Map<?, ?>) value).values()) {
            if (item instanceof List<?> several) items.addAll(several);
            else items.add(item);
        }
        return items;
    }

    private static String listed(List<String> names) {
        return names.isEmpty()
                ? "no options"
                : names.stream().map(name -> "<" + name + ">").collect(Collectors.joining(", "));
    }
}
