package dev.kitbridge.services;

import dev.kitbridge.server.ServiceLimits;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The services that an app's server code may call: interfaces with their implementations. */
public final class PlatformServices implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(PlatformServices.class.getName());

    private final Map<Class<?>, Object> implementations;
    private final Map<String, Service> services = new TreeMap<>();
    private final Map<Class<? extends Throwable>, Integer> statuses;
    private final ServiceLimits limits;
    private final Failures failures;
    private final @Nullable ClassLoader loader;

    private PlatformServices(
            Map<Class<?>, Object> implementations,
            ServiceLimits limits,
            Map<Class<? extends Throwable>, Integer> statuses,
            @Nullable ClassLoader loader) {
        this.implementations = implementations;
        this.limits = limits;
        this.statuses = statuses;
        this.failures = new Failures(statuses);
        this.loader = loader;
        Values values = new Values();
        implementations.forEach((type, implementation) -> {
            Service service = new Service(type, implementation, values, limits.timeout());
            Service other = services.put(service.name(), service);
            if (other != null) {
                throw new IllegalArgumentException("Two services are called " + service.name() + ": "
                        + implementation.getClass().getName() + " and "
                        + other.implementation().getClass().getName() + "; rename one, @PlatformService(\"name\")");
            }
        });
    }

    /**
     * Services of an application that embeds the server.
     *
     * @param implementations of interfaces with {@code @PlatformService}
     * @throws IllegalArgumentException if JavaScript could not call one; the message says why
     */
    public static PlatformServices of(Map<Class<?>, ?> implementations) {
        implementations.forEach((type, implementation) -> {
            if (!type.isInstance(implementation)) {
                throw new IllegalArgumentException(
                        implementation.getClass().getName() + " does not implement " + type.getName());
            }
        });
        return new PlatformServices(new LinkedHashMap<>(implementations), ServiceLimits.DEFAULT, Map.of(), null);
    }

    /**
     * Services by their interfaces' names, as a build found them; {@link ServiceLoader} finds the implementations.
     *
     * @throws IllegalArgumentException if there is no implementation, or more than one, or JavaScript could not call
     *     it; the message says why
     */
    public static PlatformServices load(Collection<String> interfaces, ClassLoader loader) {
        return load(interfaces, loader, ServiceLimits.DEFAULT);
    }

    /** As {@link #load(Collection, ClassLoader)}, within other limits. */
    public static PlatformServices load(Collection<String> interfaces, ClassLoader loader, ServiceLimits limits) {
        Map<Class<?>, Object> implementations = new LinkedHashMap<>();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            for (String name : interfaces) {
                Class<?> type = Class.forName(name, false, loader);
                implementations.put(type, provider(type, loader).get());
            }
            return new PlatformServices(implementations, limits, Map.of(), loader);
        } catch (ClassNotFoundException e) {
            close(implementations.values());
            throw new IllegalArgumentException("The service " + e.getMessage() + " is not on the class path", e);
        } catch (RuntimeException | Error e) {
            // those that were made before it: it may be tried again
            close(implementations.values());
            throw e;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * Loads the classes of services and creates none of them.
     *
     * @throws IllegalArgumentException as {@link #load}, if there is no implementation, or more than one
     * @throws LinkageError if a class is broken, or needs one that is missing
     */
    static void loadClasses(Collection<String> interfaces, ClassLoader loader) {
        for (String name : interfaces) {
            try {
                // to list methods loads the classes that they name
                Class<?> type = Class.forName(name, false, loader);
                var unusedOfType = type.getMethods();
                var unused = provider(type, loader).type().getDeclaredMethods();
            } catch (ClassNotFoundException e) {
                throw new IllegalArgumentException("The service " + e.getMessage() + " is not on the class path", e);
            }
        }
    }

    private static ServiceLoader.Provider<?> provider(Class<?> type, ClassLoader loader) {
        List<ServiceLoader.Provider<?>> providers = new ArrayList<>();
        ServiceLoader.load(type, loader).stream().forEach(providers::add);
        if (providers.isEmpty()) {
            throw new IllegalArgumentException("Nothing implements the service " + type.getName()
                    + "; expected the implementation's name in META-INF/services/" + type.getName());
        }
        if (providers.size() > 1) {
            throw new IllegalArgumentException("More than one class implements the service " + type.getName() + ": "
                    + providers.stream()
                            .map(provider -> provider.type().getName())
                            .collect(Collectors.joining(", "))
                    + "; leave one in META-INF/services/" + type.getName());
        }
        return providers.get(0);
    }

    /** The same services within other limits; in place of these, which are not to be closed then. */
    public PlatformServices withLimits(ServiceLimits others) {
        return new PlatformServices(implementations, others, statuses, loader);
    }

    /**
     * The same services, where exceptions of a class that cannot be annotated, or its subclasses, have a status; in
     * place of these, which are not to be closed then.
     */
    public PlatformServices withStatus(Class<? extends Throwable> exception, int status) {
        Map<Class<? extends Throwable>, Integer> more = new LinkedHashMap<>(statuses);
        more.put(exception, status);
        return new PlatformServices(implementations, limits, more, loader);
    }

    /** Names by which JavaScript knows them, in order. */
    public List<String> names() {
        return List.copyOf(services.keySet());
    }

    ServiceLimits limits() {
        return limits;
    }

    Failures failures() {
        return failures;
    }

    @Nullable
    ClassLoader loader() {
        return loader;
    }

    Service service(String name) throws Trouble.Refused {
        Service service = services.get(name);
        if (service != null) return service;
        throw new Trouble.Refused(
                Trouble.UNKNOWN,
                "There is no service " + name + "; "
                        + (services.isEmpty()
                                ? "there are none"
                                : "there are " + String.join(", ", services.keySet())));
    }

    /** Closes implementations that can be, the last first. */
    @Override
    public void close() {
        close(implementations.values());
    }

    /** The last first. */
    private static void close(Collection<?> implementations) {
        List<Object> opened = new ArrayList<>(implementations);
        java.util.Collections.reverse(opened);
        for (Object implementation : opened) {
            if (!(implementation instanceof AutoCloseable closeable)) continue;
            try {
                closeable.close();
            } catch (Exception e) {
                LOG.log(Level.WARNING, implementation.getClass().getName() + " could not be closed", e);
            }
        }
    }
}
