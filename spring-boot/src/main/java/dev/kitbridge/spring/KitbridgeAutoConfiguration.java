package dev.kitbridge.spring;

import dev.kitbridge.platform.PageCache;
import dev.kitbridge.server.Server;
import dev.kitbridge.services.PlatformServices;
import dev.kitbridge.services.ServiceConnections;
import dev.kitbridge.servlet.KitbridgeFilter;
import dev.kitbridge.servlet.PlatformAttributes;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToDoubleFunction;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.LocaleResolver;

/** Serves the SvelteKit app on the class path of a servlet application. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty(name = "kitbridge.enabled", matchIfMissing = true)
@Conditional(AppCondition.class)
@EnableConfigurationProperties(KitbridgeProperties.class)
@Import({SecuritySupport.class, HealthRegistrar.class, DevelopmentPort.class})
public class KitbridgeAutoConfiguration {

    /** After the filters that set the encoding and observe the request, before all that read it. */
    private static final int ROUTING_ORDER = Ordered.HIGHEST_PRECEDENCE + 20;

    /** Created by Spring Boot. */
    public KitbridgeAutoConfiguration() {}

    /** Returns the running app. */
    @Bean
    public SvelteKitApp svelteKitApp(KitbridgeProperties properties, ApplicationContext context) {
        ServiceBeans beans =
                new ServiceBeans((ConfigurableListableBeanFactory) context.getAutowireCapableBeanFactory());
        ContextStart started = context.getBean(ContextStart.class);
        CountDownLatch wanted = new CountDownLatch(1);
        Callable<PlatformServices> start = () -> {
            wanted.await();
            started.await();
            return beans.services();
        };
        ServiceConnections services = VirtualThreads.areEnabled(context.getEnvironment())
                ? new ServiceConnections(start, VirtualThreads.newPool())
                : new ServiceConnections(start);
        return new SvelteKitApp(properties, context, contextPath(context), services, wanted::countDown);
    }

    /** Lets beans revalidate kept pages. */
    @Bean
    @ConditionalOnMissingBean
    PageCache kitbridgePageCache(SvelteKitApp app) {
        return app.pageCache();
    }

    /** A container that the application is deployed to decides; the embedded one takes the property. */
    private static String contextPath(ApplicationContext context) {
        if (context instanceof WebApplicationContext web && web.getServletContext() != null) {
            return web.getServletContext().getContextPath();
        }
        String path = context.getEnvironment().getProperty("server.servlet.context-path", "");
        return path.equals("/") ? "" : path;
    }

    @Bean
    ContextStart kitbridgeContextStart() {
        return new ContextStart();
    }

    @Bean
    Loopbacks kitbridgeLoopbacks(ObjectProvider<InnerRequestCustomizer> customizers) {
        return new Loopbacks(customizers.orderedStream().toList());
    }

    @Bean
    Routing kitbridgeRouting(ConfigurableListableBeanFactory beans, KitbridgeProperties properties) {
        return new Routing(beans, properties.paths());
    }

    @Bean
    FilterRegistrationBean<RoutingFilter> kitbridgeRoutingFilter(
            Routing routing, SvelteKitApp app, Loopbacks loopbacks) {
        var registration = new FilterRegistrationBean<>(new RoutingFilter(routing, app, loopbacks));
        registration.setOrder(ROUTING_ORDER);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
        return registration;
    }

    @Bean
    FilterRegistrationBean<AppFilter> kitbridgeAppFilter(
            Routing routing,
            SvelteKitApp app,
            Loopbacks loopbacks,
            ObjectProvider<PlatformMember> members,
            ObjectProvider<PlatformAttributes> attributes,
            ObjectProvider<CallContextSource> contexts) {
        var registration = new FilterRegistrationBean<>(new AppFilter(
                routing,
                app,
                loopbacks,
                members.orderedStream().toList(),
                attributes.orderedStream().toList(),
                contexts.orderedStream().toList()));
        registration.setOrder(Ordered.LOWEST_PRECEDENCE);
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        return registration;
    }

    /** Tells the filter of a web fragment, in a WAR, that these filters serve the app. */
    @Bean
    ServletContextInitializer kitbridgeTaken() {
        return context -> context.setAttribute(KitbridgeFilter.TAKEN, true);
    }

    @Bean
    CallContextSource kitbridgeCallContext(ObjectProvider<LocaleResolver> locales) {
        return new SpringCallContext(locales.getIfAvailable());
    }

    /** Traces of requests contain the calls of services. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    static class Tracing {
        /** A condition on the bean would be evaluated before Spring Boot's own configuration, which defines it. */
        @Bean
        CallContextSource kitbridgeObservationContext(ObjectProvider<ObservationRegistry> registry) {
            return new ObservationCallContext(registry.getIfAvailable(() -> ObservationRegistry.NOOP));
        }
    }

    /** The metrics that the executable jar has too. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterBinder.class)
    static class Metrics {
        @Bean
        MeterBinder kitbridgeMetrics(SvelteKitApp app) {
            return registry -> {
                Gauge.builder("kitbridge.workers.ready", app, value(Server.Figures::readyWorkers))
                        .description("Workers that accept requests")
                        .register(registry);
                Gauge.builder("kitbridge.queue.requests", app, value(Server.Figures::waitingRequests))
                        .description("Requests that wait for a worker")
                        .register(registry);
                FunctionCounter.builder("kitbridge.worker.restarts", app, value(Server.Figures::restarts))
                        .description("Workers that were replaced")
                        .register(registry);
                for (PageCacheFigure figure : PageCacheFigure.values()) figure.register(app, registry);
            };
        }

        private static ToDoubleFunction<SvelteKitApp> value(java.util.function.ToIntFunction<Server.Figures> figure) {
            return app -> {
                Server server = app.current();
                return server == null ? 0 : figure.applyAsInt(server.figures());
            };
        }
    }

    /** The version of SvelteKit, at {@code /actuator/info}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(InfoContributor.class)
    static class Info {
        @Bean
        InfoContributor kitbridgeInfo(SvelteKitApp app) {
            return info -> {
                Server server = app.current();
                if (server != null)
                    info.withDetail("svelteKit", Map.of("version", server.site().kit()));
            };
        }
    }
}
