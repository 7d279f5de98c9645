package dev.kitbridge.spring;

import dev.kitbridge.server.packed.PackedApp;
import java.lang.System.Logger.Level;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.web.context.WebApplicationContext;

/**
 * Matches if the class path has an app, or Vite has one, and a web server can serve it. Tests that run before the app
 * is packed have none.
 */
final class AppCondition extends SpringBootCondition {

    private static final System.Logger LOG = System.getLogger("dev.kitbridge.spring");

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ClassLoader loader = context.getClassLoader();
        if (isMock(context.getResourceLoader())) {
            return ConditionOutcome.noMatch("the servlet environment of this test is a mock");
        }
        if (Development.isActive(context.getEnvironment())) {
            return ConditionOutcome.match(ConditionMessage.of(Development.VITE + " is set"));
        }
        if (loader != null && loader.getResource(PackedApp.PROPERTIES) != null) {
            return ConditionOutcome.match(ConditionMessage.of("the class path has a SvelteKit app"));
        }
        String message = "The class path has no SvelteKit app (" + PackedApp.PROPERTIES
                + "); the goal adapt packs it in the phase prepare-package. No pages are served";
        LOG.log(Level.INFO, message);
        return ConditionOutcome.noMatch(ConditionMessage.of(message));
    }

    /** A test without a web server must not depend on whether the app was packed by an earlier build. */
    private static boolean isMock(ResourceLoader context) {
        return context instanceof WebApplicationContext web
                && web.getServletContext() != null
                && web.getServletContext().getClass().getName().startsWith("org.springframework.mock.");
    }
}
