package dev.kitbridge.spring;

import dev.kitbridge.platform.PageCache;
import dev.kitbridge.services.ServiceConnections;
import dev.kitbridge.services.ServiceListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Offers the beans to pages that are prerendered and to previews, if Maven has started the application for them. */
@AutoConfiguration(after = KitbridgeAutoConfiguration.class)
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

    /** Lets beans revalidate the pages of a preview; while pages are prerendered, none is kept. */
    @Bean
    @ConditionalOnMissingBean
    PageCache kitbridgePageCache(Listener services) {
        return services.connections.pageCache();
    }

    /** Accepts calls when the application is ready. */
    static final class Listener implements ApplicationListener<ApplicationReadyEvent>, DisposableBean {

        private final CountDownLatch ready = new CountDownLatch(1);
        private final ServiceConnections connections;
        private @Nullable ServiceListener listener;

        Listener(ServiceBeans beans) {
            this.connections = new ServiceConnections(() -> {
                ready.await();
                return beans.services();
            });
            connections.openedWithoutServer();
        }

        @Override
        public void onApplicationEvent(ApplicationReadyEvent event) {
            ready.countDown();
            try {
                ServiceListener opened = ServiceListener.open(connections, System.getenv());
                listener = opened;
                opened.announce(connections.services().join());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void destroy() {
            connections.close();
            if (listener != null) listener.close();
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
