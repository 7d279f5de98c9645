package dev.kitbridge.spring;

import java.net.InetAddress;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Leaves the application's port to Maven, which passes connections on and holds them while the application restarts.
 * The application itself listens on a free port of the loopback address.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(DevelopmentPort.StartedByMaven.class)
class DevelopmentPort {

    /** Lines for Maven; {@code ApplicationJvm} reads them. */
    private static final String WANTED = "Application wants ";

    private static final String LISTENS = "Application listens on ";

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<ConfigurableWebServerFactory> kitbridgeDevelopmentPort(Environment environment) {
        return factory -> {
            boolean tls = environment.getProperty("server.ssl.enabled", Boolean.class, true)
                    && (environment.containsProperty("server.ssl.bundle")
                            || environment.containsProperty("server.ssl.key-store")
                            || environment.containsProperty("server.ssl.certificate"));
            Development.tell(WANTED + (tls ? "https" : "http") + " "
                    + environment.getProperty("server.port", Integer.class, 8080) + " "
                    + environment.getProperty("server.address", ""));
            factory.setPort(0);
            factory.setAddress(InetAddress.getLoopbackAddress());
        };
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> kitbridgeDevelopmentReady() {
        return event -> {
            String port = event.getApplicationContext().getEnvironment().getProperty("local.server.port");
            if (port != null) Development.tell(LISTENS + port);
        };
    }

    /** Matches if Maven has started the application. */
    static final class StartedByMaven extends SpringBootCondition {

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            boolean matches = Development.isActive(context.getEnvironment()) && Development.secret() != null;
            return new ConditionOutcome(matches, ConditionMessage.of("started by mvn adapter:dev"));
        }
    }
}
