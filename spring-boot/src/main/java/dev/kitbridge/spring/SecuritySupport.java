package dev.kitbridge.spring;

import dev.kitbridge.server.RequestContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;

/** What an application with Spring Security adds: the user, the CSRF token, the security context of calls. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(FilterChainProxy.class)
class SecuritySupport {

    @Bean
    @Order(0)
    PlatformMember kitbridgePrincipal() {
        return (request, response, options, platform, beforeHead) -> {
            if (!(request.getUserPrincipal() instanceof Authentication user)) return options;
            List<String> authorities = user.getAuthorities().stream()
                    .map(GrantedAuthority::getAuthority)
                    .toList();
            return options.withPrincipal(user, Map.of("authorities", authorities));
        };
    }

    @Bean
    @Order(1)
    PlatformMember kitbridgeCsrf(ObjectProvider<FilterChainProxy> chains) {
        return new CsrfMember(chains);
    }

    /** Calls of services have the user of the page. */
    @Bean
    CallContextSource kitbridgeSecurityContext() {
        return (request, response) -> {
            SecurityContext context = SecurityContextHolder.getContext();
            Authentication user = context.getAuthentication();
            boolean isKnown = user != null && !(user instanceof AnonymousAuthenticationToken);
            return new RequestContext() {
                @Override
                public <T> T call(Callable<T> task) throws Exception {
                    SecurityContextHolder.setContext(context);
                    try {
                        return task.call();
                    } finally {
                        SecurityContextHolder.clearContext();
                    }
                }

                @Override
                public boolean isPersonal() {
                    return isKnown;
                }
            };
        };
    }

    /** Requests that the app sends to the application have the user of the page, without a new login by a cookie. */
    @Bean
    InnerRequestCustomizer kitbridgeInnerUser() {
        return rendered -> {
            SecurityContext context = SecurityContextHolder.getContext();
            return inner ->
                    inner.setAttribute(RequestAttributeSecurityContextRepository.DEFAULT_REQUEST_ATTR_NAME, context);
        };
    }
}
