package dev.kitbridge.spring;

import dev.kitbridge.server.RespondOptions;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestHandler;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * {@code platform.csrf}: header, parameter and token for requests of the page to Spring's own paths. A new token is
 * saved only if the page reads it, since that creates a session.
 *
 * <p>Spring Security's request attribute saves a new token as soon as it is asked for, so that this class asks the
 * filter's repository. The filter has no methods for its two fields.
 */
final class CsrfMember implements PlatformMember {

    private static final @Nullable Field REPOSITORY = field("tokenRepository");
    private static final @Nullable Field HANDLER = field("requestHandler");

    /** A lookup of the bean takes longer than all else that this class does for a request. */
    private final SingletonSupplier<FilterChainProxy> chains;

    CsrfMember(ObjectProvider<FilterChainProxy> chains) {
        this.chains = SingletonSupplier.of(chains::getIfAvailable);
    }

    private static @Nullable Field field(String name) {
        Field field = ReflectionUtils.findField(CsrfFilter.class, name);
        if (field != null) ReflectionUtils.makeAccessible(field);
        return field;
    }

    @Override
    public RespondOptions add(
            HttpServletRequest request,
            HttpServletResponse response,
            RespondOptions options,
            Map<String, Object> platform,
            Consumer<Runnable> beforeHead) {
        CsrfFilter filter = filter(request);
        if (filter == null || REPOSITORY == null || HANDLER == null) return options;
        CsrfTokenRepository repository = (CsrfTokenRepository) ReflectionUtils.getField(REPOSITORY, filter);
        CsrfTokenRequestHandler handler = (CsrfTokenRequestHandler) ReflectionUtils.getField(HANDLER, filter);
        if (repository == null || handler == null) return options;
        CsrfToken saved = repository.loadToken(request);
        CsrfToken token = saved == null ? repository.generateToken(request) : saved;
        boolean[] read = new boolean[1];
        beforeHead.accept(() -> {
            if (read[0] && saved == null) repository.saveToken(token, request, response);
        });
        platform.put(
                "csrf",
                new RespondOptions.Observed(values(masked(token, handler, request, response)), () -> read[0] = true));
        return options;
    }

    private @Nullable CsrfFilter filter(HttpServletRequest request) {
        FilterChainProxy proxy = chains.get();
        if (proxy == null) return null;
        for (SecurityFilterChain chain : proxy.getFilterChains()) {
            if (!chain.matches(request)) continue;
            for (Filter filter : chain.getFilters()) {
                if (filter instanceof CsrfFilter found) return found;
            }
            return null;
        }
        return null;
    }

    /** Returns the token as the handler would give it to a page, without a change to the request. */
    private static CsrfToken masked(
            CsrfToken token,
            CsrfTokenRequestHandler handler,
            HttpServletRequest request,
            HttpServletResponse response) {
        AttributesOverlay overlay = new AttributesOverlay(request);
        handler.handle(overlay, response, () -> token);
        return overlay.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken masked ? masked : token;
    }

    private static Map<String, Object> values(CsrfToken token) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("headerName", token.getHeaderName());
        values.put("parameterName", token.getParameterName());
        values.put("token", token.getToken());
        return values;
    }
}
