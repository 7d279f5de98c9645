package dev.kitbridge.spring;

import dev.kitbridge.server.RequestContext;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import dev.kitbridge.servlet.PlatformAttributes;
import dev.kitbridge.servlet.ServletFront;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests that {@link RoutingFilter} has marked, after all other filters; and renders the pages that a
 * controller ({@code "forward:/receipt"}) or a filter forwards to, such as Spring Security's {@code accessDeniedPage}.
 */
final class AppFilter implements Filter {

    private final Routing routing;
    private final SvelteKitApp app;
    private final Loopbacks loopbacks;
    private final List<PlatformMember> members;
    private final List<PlatformAttributes> attributes;
    private final List<CallContextSource> contexts;

    AppFilter(
            Routing routing,
            SvelteKitApp app,
            Loopbacks loopbacks,
            List<PlatformMember> members,
            List<PlatformAttributes> attributes,
            List<CallContextSource> contexts) {
        this.routing = routing;
        this.app = app;
        this.loopbacks = loopbacks;
        this.members = members;
        this.attributes = attributes;
        this.contexts = contexts;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        ServletFront.rethrow(asked);
        HttpServletResponse answer = (HttpServletResponse) response;
        AppRequest marked = AppRequest.of(request);
        Integer declined = ServletFront.declined(asked);
        DispatcherType type = request.getDispatcherType();
        if (type == DispatcherType.FORWARD) {
            if (routing.isForApp(asked)) forward(asked, marked, answer);
            else chain.doFilter(request, response);
        } else if (marked == null || type == DispatcherType.ERROR || type == DispatcherType.INCLUDE) {
            chain.doFilter(request, response);
        } else if (declined != null) {
            answer.sendError(declined);
        } else {
            answer(asked, marked, answer);
        }
    }

    /** @param marked the request that was forwarded, if it was one for the app */
    private void forward(HttpServletRequest request, @Nullable AppRequest marked, HttpServletResponse response)
            throws IOException, ServletException {
        if (marked != null && (marked.isForData() || marked.isEnhancedForm())) {
            // SvelteKit's client expects JSON, and shows an error itself
            response.sendError(response.getStatus() < 400 ? HttpServletResponse.SC_NOT_FOUND : response.getStatus());
            return;
        }
        List<Consumer<Response>> beforeHead = new ArrayList<>();
        try {
            RespondOptions options = options(request, response, beforeHead);
            new ServletFront(app.server())
                    .render(request, response, options, found -> beforeHead.forEach(action -> action.accept(found)));
        } finally {
            end(request);
        }
    }

    private void answer(HttpServletRequest request, AppRequest marked, HttpServletResponse response)
            throws IOException {
        List<Consumer<Response>> beforeHead = new ArrayList<>();
        RespondOptions options = options(request, response, beforeHead);
        ServletFront front = new ServletFront(app.server());
        // a client that wants JSON gets Spring's error, if the app has nothing at the path
        boolean json = marked.acceptsJsonOnly();
        try {
            front.respond(
                    marked.original(),
                    response,
                    options,
                    found -> beforeHead.forEach(action -> action.accept(found)),
                    found -> json && found.status() == 404 && isHtml(found));
        } finally {
            endLater(request);
        }
    }

    /** Returns the options, and adds what has to run before the response's head is sent. */
    private RespondOptions options(
            HttpServletRequest request, HttpServletResponse response, List<Consumer<Response>> beforeHead) {
        AppResponse wrapper = wrapper(response);
        if (wrapper != null) beforeHead.add(found -> wrapper.beforeHead(found.headers()));
        RespondOptions options = ServletFront.options(request, attributes);
        Map<String, Object> platform = new LinkedHashMap<>();
        for (PlatformMember member : members) {
            options = member.add(request, response, options, platform, action -> beforeHead.add(found -> action.run()));
        }
        return options.withPlatform(platform)
                .withContext(context(request, response))
                .withLoopback(loopbacks.to(request));
    }

    private static boolean isHtml(Response found) {
        String type = found.headers().first("content-type");
        return type != null && type.startsWith("text/html");
    }

    private void end(HttpServletRequest request) {
        for (CallContextSource each : contexts) each.end(request);
    }

    private void endLater(HttpServletRequest request) {
        if (!request.isAsyncStarted()) {
            end(request);
            return;
        }
        request.getAsyncContext().addListener(new AsyncListener() {
            @Override
            public void onComplete(AsyncEvent event) {
                end(request);
            }

            @Override
            public void onTimeout(AsyncEvent event) {}

            @Override
            public void onError(AsyncEvent event) {}

            @Override
            public void onStartAsync(AsyncEvent event) {}
        });
    }

    private static @Nullable AppResponse wrapper(ServletResponse response) {
        ServletResponse each = response;
        while (each instanceof jakarta.servlet.ServletResponseWrapper wrapper) {
            if (each instanceof AppResponse found) return found;
            each = wrapper.getResponse();
        }
        return null;
    }

    private @Nullable RequestContext context(HttpServletRequest request, HttpServletResponse response) {
        RequestContext context = null;
        for (CallContextSource source : contexts) {
            RequestContext inner = context;
            RequestContext outer = source.of(request, response);
            context = inner == null ? outer : new Nested(outer, inner);
        }
        return context;
    }

    private record Nested(RequestContext outer, RequestContext inner) implements RequestContext {
        @Override
        public <T> T call(java.util.concurrent.Callable<T> task) throws Exception {
            return outer.call(() -> inner.call(task));
        }

        @Override
        public boolean isPersonal() {
            return outer.isPersonal() || inner.isPersonal();
        }
    }
}
