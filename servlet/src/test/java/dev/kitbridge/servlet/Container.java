package dev.kitbridge.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jetty.ee10.servlet.DefaultServlet;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A servlet container with filters for all paths, and a servlet for {@code /api/*}. The error page of status 418 is
 * {@code /url}, that of a {@link ServletException} is {@code /api/failed}.
 */
interface Container {

    /** Jetty's timeout of idle connections; Tomcat has none for asynchronous requests. */
    int IDLE_MILLIS = 2000;

    /** A filter without {@code async-supported}. */
    interface Synchronous extends Filter {}

    URI address();

    void stop() throws Exception;

    static Container start(String name, Path folder, HttpServlet api, List<Filter> filters) throws Exception {
        return name.startsWith("tomcat") ? tomcat(folder, api, filters) : jetty(folder, api, filters);
    }

    private static Container tomcat(Path folder, HttpServlet api, List<Filter> filters) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().addUpgradeProtocol(new Http2Protocol());
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet");
        context.addServletMappingDecoded("/", "default");
        Tomcat.addServlet(context, "api", api).setAsyncSupported(true);
        context.addServletMappingDecoded("/api/*", "api");
        for (Filter filter : filters) {
            FilterDef definition = new FilterDef();
            definition.setFilterName("filter" + filters.indexOf(filter));
            definition.setFilter(filter);
            definition.setAsyncSupported(String.valueOf(!(filter instanceof Synchronous)));
            context.addFilterDef(definition);
            FilterMap mapping = new FilterMap();
            mapping.setFilterName(definition.getFilterName());
            mapping.addURLPattern("/*");
            mapping.setDispatcher("REQUEST");
            mapping.setDispatcher("ASYNC");
            mapping.setDispatcher("FORWARD");
            mapping.setDispatcher("ERROR");
            mapping.setDispatcher("INCLUDE");
            context.addFilterMap(mapping);
        }
        ErrorPage page = new ErrorPage();
        page.setErrorCode(418);
        page.setLocation("/url");
        context.addErrorPage(page);
        ErrorPage failed = new ErrorPage();
        failed.setExceptionType(ServletException.class.getName());
        failed.setLocation("/api/failed");
        context.addErrorPage(failed);
        tomcat.start();
        int port = tomcat.getConnector().getLocalPort();
        return new Container() {
            @Override
            public URI address() {
                return URI.create("http://127.0.0.1:" + port);
            }

            @Override
            public void stop() throws Exception {
                tomcat.stop();
                tomcat.destroy();
            }
        };
    }

    private static Container jetty(Path folder, HttpServlet api, List<Filter> filters) throws Exception {
        Server jetty = new Server();
        HttpConfiguration http = new HttpConfiguration();
        ServerConnector connector =
                new ServerConnector(jetty, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(IDLE_MILLIS);
        jetty.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.NO_SESSIONS);
        context.setBaseResourceAsPath(folder);
        ServletHolder files = new ServletHolder("default", DefaultServlet.class);
        files.setAsyncSupported(true);
        context.addServlet(files, "/");
        ServletHolder holder = new ServletHolder("api", api);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/api/*");
        for (Filter filter : filters) {
            FilterHolder each = new FilterHolder(filter);
            each.setAsyncSupported(!(filter instanceof Synchronous));
            context.addFilter(each, "/*", EnumSet.allOf(DispatcherType.class));
        }
        ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
        errors.addErrorPage(418, "/url");
        errors.addErrorPage(ServletException.class, "/api/failed");
        context.setErrorHandler(errors);
        jetty.setHandler(context);
        jetty.start();
        return new Container() {
            @Override
            public URI address() {
                return URI.create("http://127.0.0.1:" + connector.getLocalPort());
            }

            @Override
            public void stop() throws Exception {
                jetty.stop();
            }
        };
    }
}
