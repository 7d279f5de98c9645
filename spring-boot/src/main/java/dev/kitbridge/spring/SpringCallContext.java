package dev.kitbridge.spring;

import dev.kitbridge.server.RequestContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;
import org.springframework.web.servlet.i18n.FixedLocaleResolver;

/** The locale and the attributes of the request. */
final class SpringCallContext implements CallContextSource {

    private static final String ATTRIBUTES = SpringCallContext.class.getName();

    private final @Nullable LocaleResolver locales;

    SpringCallContext(@Nullable LocaleResolver locales) {
        this.locales = locales;
    }

    @Override
    public RequestContext of(HttpServletRequest request, HttpServletResponse response) {
        Locale locale = locales == null ? request.getLocale() : locales.resolveLocale(request);
        // the browser's language is a header, which a page may name in vary; others depend on cookies or the session
        boolean isOfVisitor = locales != null
                && !(locales instanceof AcceptHeaderLocaleResolver)
                && !(locales instanceof FixedLocaleResolver);
        boolean isKnown = request.getUserPrincipal() != null || request.getSession(false) != null;
        AtomicBoolean read = new AtomicBoolean();
        ServletRequestAttributes attributes = new ServletRequestAttributes(ObservedRequest.of(request, read), response);
        request.setAttribute(ATTRIBUTES, attributes);
        return new RequestContext() {
            @Override
            public <T> T call(Callable<T> task) throws Exception {
                LocaleContextHolder.setLocaleContext(() -> {
                    if (isOfVisitor) read.set(true);
                    return locale;
                });
                RequestContextHolder.setRequestAttributes(attributes);
                try {
                    return task.call();
                } finally {
                    RequestContextHolder.resetRequestAttributes();
                    LocaleContextHolder.resetLocaleContext();
                }
            }

            @Override
            public boolean isPersonal() {
                return isKnown || read.get();
            }
        };
    }

    /** Destroys the request-scoped beans that the calls have created, and saves changed session-scoped ones. */
    @Override
    public void end(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTES) instanceof ServletRequestAttributes attributes) {
            attributes.requestCompleted();
        }
    }
}
