package dev.kitbridge.spring;

import dev.kitbridge.services.ServiceConnections;
import dev.kitbridge.services.ServiceListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Offers the beans to pages that are prerendered, if the build has started the application for them. */
@AutoConfiguration
@Conditional(BuildServices.StartedByBuild.class)
class BuildServices {

    /** Created by Spring Boot. */
    public BuildServices() {}

    /** Returns whether the build has started this application. */
    static boolean isActive() {
        return System.getenv(ServiceListener.SECRET) != null;
    }

    @Bean
    Listener kitbridgeBuildServices(ConfigurableListableBeanFactory beans) {
        return new Listener(new ServiceBeans(beans));
    }

    /** Accepts calls when the application is ready. */
    static final class Listener implements ApplicationListener<ApplicationReadyEvent>, DisposableBean {

        private final ServiceBeans beans;
        private final java.util.List<AutoCloseable> open = new java.util.ArrayList<>();

        Listener(ServiceBeans beans) {
            this.beans = beans;
        }

        @Override
        public void onApplicationEvent(ApplicationReadyEvent event) {
            try {
                ServiceConnections connections = new ServiceConnections(beans::services);
                connections.openedWithoutServer();
                open.add(connections);
                ServiceListener listener = ServiceListener.open(connections, System.getenv());
                open.add(listener);
                listener.announce(connections.services().join());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void destroy() throws Exception {
            for (AutoCloseable each : open) each.close();
        }
    }

    /** Matches if the build has started the application. */
    static final class StartedByBuild extends SpringBootCondition {

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return new ConditionOutcome(isActive(), ConditionMessage.of("started by the build"));
        }
    }
}
