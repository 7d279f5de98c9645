package dev.kitbridge.spring;

import dev.kitbridge.server.RequestContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.LocaleResolver;

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
        ServletRequestAttributes attributes = new ServletRequestAttributes(request, response);
        request.setAttribute(ATTRIBUTES, attributes);
        return new RequestContext() {
            @Override
            public <T> T call(Callable<T> task) throws Exception {
                LocaleContextHolder.setLocale(locale);
                RequestContextHolder.setRequestAttributes(attributes);
                try {
                    return task.call();
                } finally {
                    RequestContextHolder.resetRequestAttributes();
                    LocaleContextHolder.resetLocaleContext();
                }
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
