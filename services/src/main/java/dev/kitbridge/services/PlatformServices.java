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

/** The services that an app's server code may call: interfaces and their implementations. */
public final class PlatformServices implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(PlatformServices.class.getName());

    private final Map<Class<?>, Object> implementations;
    private final Map<String, Service> services = new TreeMap<>();
    private final Map<Class<? extends Throwable>, Integer> statuses;
    private final ServiceLimits limits;
    private final Failures failures;
    private final ErrorMapping mapping;

    /** Whether the implementations are closed with this object. */
    private final boolean closes;

    private final @Nullable ClassLoader loader;

    private PlatformServices(
            Map<Class<?>, Object> implementations,
            ServiceLimits limits,
            Map<Class<? extends Throwable>, Integer> statuses,
            ErrorMapping mapping,
            boolean closes,
            @Nullable ClassLoader loader) {
        this.implementations = implementations;
        this.limits = limits;
        this.statuses = statuses;
        this.mapping = mapping;
        this.closes = closes;
        this.failures = new Failures(statuses, mapping);
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
     * Returns the services of an application that embeds the server.
     *
     * @param implementations of interfaces with {@code @PlatformService}, by interface
     * @throws IllegalArgumentException if JavaScript cannot call one; the message gives the reason
     */
    public static PlatformServices of(Map<Class<?>, ?> implementations) {
        implementations.forEach((type, implementation) -> {
            if (!type.isInstance(implementation)) {
                throw new IllegalArgumentException(
                        implementation.getClass().getName() + " does not implement " + type.getName());
            }
        });
        return new PlatformServices(
                new LinkedHashMap<>(implementations), ServiceLimits.DEFAULT, Map.of(), error -> null, true, null);
    }

    /**
     * Loads services by the names of their interfaces; {@link ServiceLoader} finds the implementations.
     *
     * @throws IllegalArgumentException if a service has no implementation, or more than one, or JavaScript cannot call
     *     it; the message gives the reason
     */
    public static PlatformServices load(Collection<String> interfaces, ClassLoader loader) {
        return load(interfaces, loader, ServiceLimits.DEFAULT);
    }

    /** Loads services as {@link #load(Collection, ClassLoader)} does, with other limits. */
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
            return new PlatformServices(implementations, limits, Map.of(), error -> null, true, loader);
        } catch (ClassNotFoundException e) {
            close(implementations.values());
            throw new IllegalArgumentException("The service " + e.getMessage() + " is not on the class path", e);
        } catch (RuntimeException | Error e) {
            // closes the implementations created before the failure, because the start may be retried
            close(implementations.values());
            throw e;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * Loads the classes of services without creating an implementation.
     *
     * @throws IllegalArgumentException as {@link #load}, if there is no implementation, or more than one
     * @throws LinkageError if a class is invalid, or needs a class that is missing
     */
    static void loadClasses(Collection<String> interfaces, ClassLoader loader) {
        for (String name : interfaces) {
            try {
                // listing methods loads the classes in their signatures
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

    /** Returns the same services with other limits. Close the returned object only. */
    public PlatformServices withLimits(ServiceLimits others) {
        return new PlatformServices(implementations, others, statuses, mapping, closes, loader);
    }

    /**
     * Returns the same services with an HTTP status for an exception class that cannot be annotated, and its
     * subclasses. Close the returned object only.
     */
    public PlatformServices withStatus(Class<? extends Throwable> exception, int status) {
        Map<Class<? extends Throwable>, Integer> more = new LinkedHashMap<>(statuses);
        more.put(exception, status);
        return new PlatformServices(implementations, limits, more, mapping, closes, loader);
    }

    /** Returns the same services with a mapping of exceptions, which is asked first. Close the returned object only. */
    public PlatformServices withErrors(ErrorMapping errors) {
        return new PlatformServices(implementations, limits, statuses, errors, closes, loader);
    }

    /** Returns the same services; closing the returned object does not close the implementations. */
    public PlatformServices withoutClosing() {
        return new PlatformServices(implementations, limits, statuses, mapping, false, loader);
    }

    /** Returns the services' names in JavaScript, sorted. */
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

    Service service(String name) throws CallException {
        Service service = services.get(name);
        if (service != null) return service;
        throw new CallException(
                CallException.UNKNOWN,
                "There is no service " + name + "; "
                        + (services.isEmpty()
                                ? "there are none"
                                : "there are " + String.join(", ", services.keySet())));
    }

    /** Closes the implementations that are {@link AutoCloseable}, in reverse order. */
    @Override
    public void close() {
        if (closes) close(implementations.values());
    }

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
