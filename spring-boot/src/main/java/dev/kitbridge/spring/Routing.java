package dev.kitbridge.spring;

import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.http.server.PathContainer;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.resource.DefaultServletHttpRequestHandler;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Decides who answers a request: Spring, if one of its handlers is mapped to the path, else the app. Spring's handlers
 * for static files at all paths and for a welcome page do not count.
 */
final class Routing {

    /** Beginning of the names of the classes with which Spring Boot maps {@code index.html}. */
    private static final String WELCOME_PAGE = "WelcomePage";

    private final ListableBeanFactory beans;
    private final List<PathPattern> excluded = new ArrayList<>();

    /** Looked up at the first request, since mappings may be lazy. */
    private volatile List<HandlerMapping> mappings = List.of();

    Routing(ListableBeanFactory beans, KitbridgeProperties.Paths paths) {
        this.beans = beans;
        for (String pattern : paths.exclude()) excluded.add(PathPatternParser.defaultInstance.parse(pattern));
    }

    boolean isForApp(HttpServletRequest request) {
        if (!isForDispatcher(request)) return false;
        LookupRequest asked = new LookupRequest(request);
        PathContainer path = ServletRequestPathUtils.parseAndCache(asked).pathWithinApplication();
        for (PathPattern pattern : excluded) {
            if (pattern.matches(path)) return false;
        }
        try {
            return !isMapped(asked);
        } catch (HttpRequestMethodNotSupportedException | HttpMediaTypeException e) {
            // a page may have the path of a controller that takes its form
            return asked.isForData() || isNavigation(request);
        } catch (Exception e) {
            // the dispatcher reports it
            return false;
        }
    }

    /** Returns whether no other servlet of the application, such as a console, is mapped to the path. */
    private static boolean isForDispatcher(HttpServletRequest request) {
        HttpServletMapping mapping = request.getHttpServletMapping();
        return mapping.getMappingMatch() == null || mapping.getMappingMatch() == MappingMatch.DEFAULT;
    }

    private boolean isMapped(LookupRequest request) throws Exception {
        for (HandlerMapping mapping : mappings()) {
            HandlerExecutionChain chain = mapping.getHandler(request);
            if (chain != null && !isForAllFiles(mapping, chain.getHandler())) return true;
        }
        return false;
    }

    /** Returns whether a handler serves static files at all paths, or gives all paths to the container. */
    private static boolean isForAllFiles(HandlerMapping mapping, Object handler) {
        return handler instanceof DefaultServletHttpRequestHandler
                || (handler instanceof ResourceHttpRequestHandler
                        && mapping instanceof AbstractUrlHandlerMapping urls
                        && urls.getHandlerMap().get("/**") == handler);
    }

    private List<HandlerMapping> mappings() {
        List<HandlerMapping> known = mappings;
        if (!known.isEmpty()) return known;
        List<HandlerMapping> found =
                new ArrayList<>(BeanFactoryUtils.beansOfTypeIncludingAncestors(beans, HandlerMapping.class, true, false)
                        .values());
        found.removeIf(mapping -> mapping.getClass().getSimpleName().startsWith(WELCOME_PAGE));
        AnnotationAwareOrderComparator.sort(found);
        mappings = found;
        return found;
    }

    /** Returns whether a browser asks for a page. */
    private static boolean isNavigation(HttpServletRequest request) {
        String accept = request.getHeader("accept");
        return (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"))
                && accept != null
                && accept.contains("text/html");
    }
}
