package dev.kitbridge.spring;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;

/**
 * Leaves the protection against CSRF to SvelteKit for requests that the app answers, if the page's own origin has sent
 * them. Spring's token protects all other requests. {@code spring.factories} adds this configurer to each filter chain.
 */
final class AppSecurityConfigurer extends AbstractHttpConfigurer<AppSecurityConfigurer, HttpSecurity> {

    /** Created by Spring Security. */
    AppSecurityConfigurer() {}

    @Override
    @SuppressWarnings("unchecked")
    public void init(HttpSecurity http) {
        CsrfConfigurer<HttpSecurity> csrf = http.getConfigurer(CsrfConfigurer.class);
        if (csrf == null) return;
        csrf.ignoringRequestMatchers(request -> {
            AppRequest asked = AppRequest.of(request);
            return asked != null && asked.isOfOwnOrigin();
        });
    }
}
