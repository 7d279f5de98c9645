package dev.kitbridge.spring;

import dev.kitbridge.server.Response;
import dev.kitbridge.servlet.ServletFront;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Marks the requests that the app answers, before filters that read parameters or check the user. {@link AppFilter}
 * answers them after these.
 */
final class RoutingFilter extends OncePerRequestFilter {

    private final Routing routing;
    private final SvelteKitApp app;
    private final Loopbacks loopbacks;

    RoutingFilter(Routing routing, SvelteKitApp app, Loopbacks loopbacks) {
        this.routing = routing;
        this.app = app;
        this.loopbacks = loopbacks;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ViteModules modules = app.modules();
        if (modules != null && modules.has(request)) {
            new ServletFront(app.server()).respond(request, response, ServletFront.options(request, List.of()));
            return;
        }
        HttpServletRequest inner = loopbacks.inner(request);
        if (inner != null) {
            if (routing.isForApp(inner)) answerInner(inner, response);
            else chain.doFilter(inner, response);
        } else if (routing.isForApp(request)) {
            AppRequest asked = AppRequest.begin(request);
            AppResponse answer = new AppResponse(asked, response, app);
            chain.doFilter(asked, answer);
            if (!request.isAsyncStarted()) answer.end();
        } else {
            chain.doFilter(request, response);
        }
    }

    /** The app has no route for it, so that only files are left; a page for the error would ask for the same again. */
    private void answerInner(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Response file = new ServletFront(app.server()).file(request);
        if (file == null) response.sendError(HttpServletResponse.SC_NOT_FOUND);
        else ServletFront.write(file, response);
    }
}
