package dev.kitbridge.spring;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Prepares an application whose pages Vite renders, or whose beans a build needs. {@code spring.factories} registers
 * this listener.
 *
 * <p>If {@value #SECRET} is set, {@code mvn adapter:dev} has started the application. Lines for Maven begin with the
 * character U+001E. The application exits when Maven closes its standard input.
 */
final class Development implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    /** The address of Vite. */
    static final String VITE = "kitbridge.dev.vite";

    /** Environment variable: authenticates the application to Vite's process. */
    static final String SECRET = "KITBRIDGE_DEV_SECRET";

    private static final char MARK = '\u001e';

    private static final AtomicBoolean WATCHING = new AtomicBoolean();

    /** Created by Spring Boot. */
    Development() {}

    static boolean isActive(Environment environment) {
        return environment.getProperty(VITE) != null;
    }

    /** Returns the secret that Maven has given to the application, or null. */
    static @Nullable String secret() {
        return System.getenv(SECRET);
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        if (BuildServices.isActive()) {
            prepareBuild(environment);
            if (!WATCHING.getAndSet(true)) exitWithMaven(System.in);
            return;
        }
        if (!isActive(environment)) return;
        Map<String, Object> defaults = new HashMap<>();
        // paths of Vite's modules contain the brackets of route parameters
        defaults.put("server.tomcat.relaxed-path-chars", "[,]");
        environment.getPropertySources().addLast(new MapPropertySource("kitbridge development", defaults));
        if (secret() != null && !WATCHING.getAndSet(true)) exitWithMaven(System.in);
    }

    /** The application has no visitors: its port may be in use, and an app of an earlier build must not start. */
    private static void prepareBuild(ConfigurableEnvironment environment) {
        Map<String, Object> values = new HashMap<>();
        values.put("kitbridge.enabled", "false");
        values.put("server.port", "0");
        values.put("server.address", "127.0.0.1");
        if (environment.containsProperty("management.server.port")) values.put("management.server.port", "0");
        environment.getPropertySources().addFirst(new MapPropertySource("kitbridge build", values));
    }

    private static void exitWithMaven(InputStream input) {
        Thread thread = new Thread(
                () -> {
                    try {
                        input.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        // closed
                    }
                    System.exit(0);
                },
                "kitbridge-maven");
        thread.setDaemon(true);
        thread.start();
    }

    /** Writes a line for Maven, in one write to the descriptor, since the application may have replaced its output. */
    static void tell(String text) {
        try {
            new FileOutputStream(FileDescriptor.out).write((MARK + text + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Maven has ended
        }
    }
}
