package dev.kitbridge.spring;

import java.util.Map;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Adds the health indicator to the readiness group, if the application has the group and does not configure it itself.
 * {@code spring.factories} registers this listener.
 */
final class ReadinessGroup implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    private static final String GROUP = "management.endpoint.health.group.readiness.include";

    /** Created by Spring Boot. */
    ReadinessGroup() {}

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        if (!hasProbes(environment) || !environment.getProperty("kitbridge.enabled", Boolean.class, true)) return;
        ClassLoader loader = event.getSpringApplication().getClassLoader();
        if (!Development.isActive(environment)
                && loader.getResource(dev.kitbridge.server.packed.PackedApp.PROPERTIES) == null) return;
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("kitbridge", Map.of(GROUP, "readinessState,kitbridge")));
    }

    private static boolean hasProbes(ConfigurableEnvironment environment) {
        Boolean set = environment.getProperty("management.endpoint.health.probes.enabled", Boolean.class);
        if (set != null) return set;
        // the default since Spring Boot 4
        if (!SpringBootVersion.getVersion().startsWith("3.")) return true;
        return CloudPlatform.getActive(environment) == CloudPlatform.KUBERNETES;
    }
}
