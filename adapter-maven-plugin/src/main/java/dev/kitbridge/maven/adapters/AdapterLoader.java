package dev.kitbridge.maven.adapters;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.AdapterFactory;
import dev.kitbridge.maven.failure.Closest;
import dev.kitbridge.maven.failure.Defect;
import dev.kitbridge.maven.failure.UserFailure;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds adapters with {@link ServiceLoader}, and creates those that are configured. */
public final class AdapterLoader {

    private static final String HOW_TO_ADD =
            "add an adapter to the plugin's <dependencies>, for example" + " dev.kitbridge:adapter-static";

    private final Map<String, AvailableAdapter> factories;

    private AdapterLoader(Map<String, AvailableAdapter> factories) {
        this.factories = factories;
    }

    /**
     * Finds all factories that a class loader sees.
     *
     * @throws UserFailure if two artifacts have an adapter of the same name
     * @throws Defect if an adapter cannot be loaded, or an artifact has two of the same name
     */
    @SuppressWarnings("rawtypes")
    public static AdapterLoader load(ClassLoader loader) {
        Map<String, AvailableAdapter> factories = new TreeMap<>();
        try {
            for (AdapterFactory<?> factory : ServiceLoader.load(AdapterFactory.class, loader)) {
                AvailableAdapter found = new AvailableAdapter(factory, jar(factory.getClass()));
                AvailableAdapter other = factories.put(found.name(), found);
                if (other != null && !other.jar().equals(found.jar())) {
                    throw new UserFailure("Two adapters are named '" + found.name() + "': "
                            + other.factory().getClass().getName() + " in " + other.jar() + " and "
                            + factory.getClass().getName() + " in " + found.jar()
                            + "; remove one of them from the plugin's <dependencies>");
                }
                if (other != null) {
                    throw new Defect(
                            "Two adapters in " + found.jar() + " are named '" + found.name() + "': "
                                    + other.factory().getClass().getName() + " and "
                                    + factory.getClass().getName() + "; this is a bug in that artifact",
                            null);
                }
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new Defect("An adapter on the plugin's class path cannot be loaded: " + e.getMessage(), e);
        }
        return new AdapterLoader(factories);
    }

    /**
     * Returns advice on a misplaced element: where an adapter, or an option of one, belongs. Empty if the name is
     * neither.
     */
    public String advice(String element) {
        if (factories.containsKey(element)) {
            return "; it is an adapter, which belongs in <adapters>: <adapters><" + element + "/></adapters>";
        }
        List<String> owners = factories.values().stream()
                .filter(found ->
                        OptionsReader.names(found.factory().optionsType()).contains(element))
                .map(AvailableAdapter::name)
                .toList();
        return owners.isEmpty()
                ? ""
                : "; it is an option of an adapter: <adapters><" + owners.get(0) + "><" + element + ">...</" + element
                        + "></" + owners.get(0) + "></adapters>";
    }

    /** Returns all adapters, ordered by name. */
    public List<AvailableAdapter> found() {
        return List.copyOf(factories.values());
    }

    /**
     * Creates the adapters of these entries; without entries, the only adapter on the class path.
     *
     * @throws UserFailure if an entry is wrong, or if there is no entry and not exactly one adapter
     */
    public List<ConfiguredAdapter> create(List<AdapterEntry> entries) {
        if (factories.isEmpty()) {
            throw new UserFailure("There is no adapter on the plugin's class path; " + HOW_TO_ADD);
        }
        if (!entries.isEmpty()) return entries.stream().map(this::create).toList();
        if (factories.size() > 1) {
            throw new UserFailure("Several adapters are on the plugin's class path, and <adapters> does not select"
                    + " one: " + listed() + "; add <adapters><"
                    + factories.keySet().iterator().next() + "/></adapters> to the plugin's <configuration>");
        }
        String only = factories.keySet().iterator().next();
        return List.of(create(new AdapterEntry(only, only, Map.of())));
    }

    private ConfiguredAdapter create(AdapterEntry settings) {
        AvailableAdapter found =
                Optional.ofNullable(factories.get(settings.name())).orElseThrow(() -> unknown(settings.name()));
        return new ConfiguredAdapter(
                settings.id(), found.name(), found.jar(), settings.options(), create(found, found.factory(), settings));
    }

    private UserFailure unknown(String name) {
        String suggestion = Closest.suggestion(name, factories.keySet());
        return new UserFailure("No adapter is named '" + name + "'" + (suggestion.isEmpty() ? "." : suggestion)
                + " Found: " + listed() + ". For another one, " + HOW_TO_ADD);
    }

    private static <O extends Record> Adapter create(
            AvailableAdapter found, AdapterFactory<O> factory, AdapterEntry settings) {
        O options = OptionsReader.read(settings, factory.optionsType());
        try {
            return factory.create(options);
        } catch (AdapterException | IllegalArgumentException e) {
            throw new UserFailure("<" + settings.name() + ">: " + e.getMessage(), e);
        } catch (RuntimeException | LinkageError e) {
            throw ConfiguredAdapter.failure(settings.id(), found.jar(), e);
        }
    }

    private String listed() {
        return factories.values().stream()
                .map(found -> "'" + found.name() + "' (" + found.jar() + ")")
                .collect(Collectors.joining(", "));
    }

    private static String jar(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        if (location == null) return "an unknown place";
        Path file = Path.of(java.net.URI.create(location.toString()));
        return file.toString();
    }

    /** Describes each adapter and its options, as lines of text. */
    public List<String> describe(Map<String, String> artifacts) {
        List<String> lines = new ArrayList<>();
        for (AvailableAdapter found : factories.values()) {
            lines.add(found.name() + "  (" + artifacts.getOrDefault(found.jar(), found.jar()) + ")");
            for (OptionsReader.Described option :
                    OptionsReader.describe(found.factory().optionsType())) {
                lines.add("  <" + option.name() + ">  " + option.type()
                        + (option.defaultValue().isEmpty() ? "" : ", default " + option.defaultValue()));
                if (!option.description().isEmpty()) lines.add("      " + option.description());
            }
        }
        return lines;
    }
}
