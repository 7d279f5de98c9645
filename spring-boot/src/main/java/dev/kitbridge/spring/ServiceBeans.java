package dev.kitbridge.spring;

import dev.kitbridge.platform.PlatformService;
import dev.kitbridge.services.PlatformServices;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/** Finds the beans that implement interfaces with {@link PlatformService}. */
final class ServiceBeans {

    /** Jackson 3 needs it; Spring Boot 3.5 manages an older version of its artifact. */
    private static final String NEWEST_ANNOTATION = "com.fasterxml.jackson.annotation.JsonSerializeAs";

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
            for (Class<?> each : ClassUtils.getAllInterfacesForClassAsSet(type)) {
                if (each.isAnnotationPresent(PlatformService.class)) found.add(each);
            }
        }
        return found;
    }

    /**
     * Returns the beans as services, through their proxies.
     *
     * @throws IllegalArgumentException if two beans implement one interface, and none is primary
     */
    PlatformServices services() {
        Map<Class<?>, Object> implementations = new LinkedHashMap<>();
        Set<Class<?>> interfaces = interfaces();
        if (!interfaces.isEmpty() && !ClassUtils.isPresent(NEWEST_ANNOTATION, ServiceBeans.class.getClassLoader())) {
            throw new IllegalArgumentException(
                    "The class path has an old com.fasterxml.jackson.core:jackson-annotations;"
                            + " services need 2.21 or later. Set the property <jackson-bom.version>2.21.1</jackson-bom.version> if"
                            + " spring-boot-starter-parent is the parent, or manage the version of jackson-annotations");
        }
        for (Class<?> type : interfaces) {
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
