package dev.kitbridge.spring;

import dev.kitbridge.server.Server;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/**
 * Registers the health indicator {@code kitbridge}: up if a worker accepts requests and the services are started.
 * Spring Boot 4 has moved the interface to another package, so that this class uses it by reflection.
 */
final class HealthRegistrar implements ImportBeanDefinitionRegistrar, BeanFactoryAware {

    private static final List<String> PACKAGES =
            List.of("org.springframework.boot.health.contributor.", "org.springframework.boot.actuate.health.");

    private @Nullable BeanFactory beans;

    @Override
    public void setBeanFactory(BeanFactory factory) {
        beans = factory;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
        ClassLoader loader = HealthRegistrar.class.getClassLoader();
        BeanFactory factory = beans;
        for (String name : PACKAGES) {
            if (factory == null || !ClassUtils.isPresent(name + "HealthIndicator", loader)) continue;
            Class<?> type = ClassUtils.resolveClassName(name + "HealthIndicator", loader);
            Class<?> health = ClassUtils.resolveClassName(name + "Health", loader);
            RootBeanDefinition definition = new RootBeanDefinition();
            definition.setBeanClass(type);
            definition.setInstanceSupplier(() -> indicator(type, health, factory));
            registry.registerBeanDefinition("kitbridgeHealthIndicator", definition);
            return;
        }
    }

    private static Object indicator(Class<?> type, Class<?> health, BeanFactory factory) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) return ofObject(proxy, method, arguments);
            return health(health, factory.getBean(SvelteKitApp.class).current());
        });
    }

    private static @Nullable Object ofObject(Object proxy, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "kitbridge";
        };
    }

    private static Object health(Class<?> type, @Nullable Server server) throws ReflectiveOperationException {
        boolean ready = server != null && server.isReady();
        Object builder = type.getMethod(ready ? "up" : "outOfService").invoke(null);
        if (server != null) {
            Server.Figures figures = server.figures();
            Method detail = builder.getClass().getMethod("withDetail", String.class, Object.class);
            detail.invoke(builder, "readyWorkers", figures.readyWorkers());
            detail.invoke(builder, "restarts", figures.restarts());
        }
        return builder.getClass().getMethod("build").invoke(builder);
    }
}
