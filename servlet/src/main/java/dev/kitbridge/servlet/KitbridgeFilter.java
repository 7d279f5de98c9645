package dev.kitbridge.servlet;

import dev.kitbridge.server.Server;
import dev.kitbridge.server.StartException;
import dev.kitbridge.server.packed.PackedApp;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Serves the SvelteKit app of a web application. It answers the requests that the container would give to its default
 * servlet, and passes on those that another servlet is mapped to. The fragment in this module's jar registers it;
 * without an app on the class path it passes all requests on.
 *
 * <p>Another front that serves the app, such as the Spring Boot starter, sets the context attribute {@value #TAKEN}.
 */
public final class KitbridgeFilter implements Filter {

    /** Context attribute: another front serves the app. */
    public static final String TAKEN = "dev.kitbridge.servlet.taken";

    private static final System.Logger LOG = System.getLogger(KitbridgeFilter.class.getName());

    private List<PlatformAttributes> attributes = List.of();
    private @Nullable Server server;
    private @Nullable ServletFront front;

    /** Creates a filter; {@link #init} starts the app. */
    public KitbridgeFilter() {}

    /**
     * Creates a filter for an app that is open already; {@link #init} does nothing.
     *
     * @param server answers the requests; the filter does not close it
     * @param attributes members of {@code platform.attributes}
     */
    public KitbridgeFilter(Server server, PlatformAttributes... attributes) {
        this.front = new ServletFront(server);
        this.attributes = List.of(attributes);
    }

    /**
     * Starts the app on the web application's class path.
     *
     * @throws ServletException if it cannot be started; the message gives the reason
     */
    @Override
    public void init(FilterConfig config) throws ServletException {
        ServletContext context = config.getServletContext();
        reportShadow(context);
        if (front != null || context.getAttribute(TAKEN) != null) return;
        ClassLoader loader = context.getClassLoader();
        try {
            PackedApp app = PackedApp.find(loader);
            if (app == null) {
                LOG.log(
                        Level.INFO,
                        "The class path has no SvelteKit app; expected the output of adapter-jvm with"
                                + " <target>resources</target>");
                return;
            }
            Server opened =
                    ServletSettings.of(config).open(app, context.getContextPath(), WarServices.connector(loader));
            server = opened;
            front = new ServletFront(opened);
            attributes = ServiceLoader.load(PlatformAttributes.class, loader).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
        } catch (IOException | StartException e) {
            destroy();
            throw new ServletException("The SvelteKit app could not be started: " + e.getMessage(), e);
        }
    }

    /** Logs that a servlet of the application gets the requests that the app would answer. */
    private static void reportShadow(ServletContext context) {
        context.getServletRegistrations().forEach((name, registration) -> {
            if (isDefault(name) || !registration.getMappings().contains("/")) return;
            LOG.log(
                    Level.WARNING,
                    "The servlet " + name + " is mapped to '/' and answers all requests without another mapping, so the"
                            + " SvelteKit app gets none; remove this mapping");
        });
    }

    /** Returns whether containers use a name for the servlet that serves files. */
    private static boolean isDefault(String servlet) {
        return servlet.equals("default") || servlet.isEmpty();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (front == null || !(request instanceof HttpServletRequest asked)) {
            chain.doFilter(request, response);
            return;
        }
        ServletFront.rethrow(asked);
        if (!isForDefaultServlet(asked)) {
            chain.doFilter(request, response);
            return;
        }
        HttpServletResponse answer = (HttpServletResponse) response;
        switch (request.getDispatcherType()) {
            case REQUEST -> front.respond(asked, answer, ServletFront.options(asked, attributes));
            case FORWARD, ERROR -> front.render(asked, answer, ServletFront.options(asked, attributes), found -> {});
            default -> chain.doFilter(request, response);
        }
    }

    /**
     * Returns whether no servlet of the application is mapped to the request; JSP pages have a mapping by extension.
     */
    private static boolean isForDefaultServlet(HttpServletRequest request) {
        HttpServletMapping mapping = request.getHttpServletMapping();
        if (mapping.getMappingMatch() == null) return true;
        return mapping.getMappingMatch() == MappingMatch.DEFAULT && isDefault(mapping.getServletName());
    }

    @Override
    public void destroy() {
        if (server != null) server.close();
        server = null;
        front = null;
    }
}
