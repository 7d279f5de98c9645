package dev.kitbridge.spring;

import java.lang.System.Logger.Level;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Conditional;

/** Says that a reactive application does not serve the app on its class path. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@Conditional(AppCondition.class)
class ReactiveNotice {

    /** Created by Spring Boot. */
    public ReactiveNotice() {
        System.getLogger("dev.kitbridge.spring")
                .log(
                        Level.WARNING,
                        "The class path has a SvelteKit app, but this is a WebFlux application: kitbridge-spring-boot-starter"
                                + " needs spring-boot-starter-web. No pages are served");
    }
}
