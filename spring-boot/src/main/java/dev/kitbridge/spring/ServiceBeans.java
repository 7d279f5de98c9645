package dev.kitbridge.spring;

import dev.kitbridge.platform.PlatformService;
import dev.kitbridge.services.PlatformServices;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Finds the beans that implement interfaces with {@link PlatformService}. */
final class ServiceBeans {

    private final ConfigurableListableBeanFactory beans;

    ServiceBeans(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** Returns the interfaces, without creating a bean. */
    Set<Class<?>> interfaces() {
        Set<Class<?>> found = new TreeSet<>(java.util.Comparator.comparing(Class::getName));
        for (String name : beans.getBeanDefinitionNames()) {
            if (beans.getBeanDefinition(name).isAbstract()) continue;
            Class<?> type = beans.getType(name, false);
            if (type == null) continue;
            addServices(type, found);
        }
        return found;
    }

    /** Adds the services that a class, or an interface such as that of a repository, extends at any distance. */
    private static void addServices(@Nullable Class<?> type, Set<Class<?>> found) {
        if (type == null) return;
        if (type.isInterface() && type.isAnnotationPresent(PlatformService.class)) found.add(type);
        for (Class<?> each : type.getInterfaces()) addServices(each, found);
        addServices(type.getSuperclass(), found);
    }

    /**
     * Returns the beans as services, through their proxies.
     *
     * @throws IllegalArgumentException if two beans implement one interface, and none is primary
     */
    PlatformServices services() {
        Map<Class<?>, Object> implementations = new LinkedHashMap<>();
        for (Class<?> type : interfaces()) {
            try {
                implementations.put(type, beans.getBean(type));
            } catch (NoUniqueBeanDefinitionException e) {
                throw new IllegalArgumentException(
                        "Several beans implement the service " + type.getName() + ": "
                                + String.join(", ", java.util.Objects.requireNonNull(e.getBeanNamesFound()))
                                + "; annotate one with @Primary",
                        e);
            }
        }
        return PlatformServices.of(implementations).withoutClosing().withErrors(new SpringErrors());
    }
}
