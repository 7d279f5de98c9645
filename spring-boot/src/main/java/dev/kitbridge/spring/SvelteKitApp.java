package dev.kitbridge.spring;

import dev.kitbridge.platform.PageCache;
import dev.kitbridge.server.Server;
import dev.kitbridge.server.StartException;
import dev.kitbridge.server.packed.PackedApp;
import dev.kitbridge.services.ServiceConnections;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * The app of the application. It is opened on a thread of its own when the application is ready, or by the first
 * request: the application's start needs all processors. It is closed after the web server has answered its last
 * requests.
 */
public final class SvelteKitApp implements SmartLifecycle, DisposableBean, ApplicationListener<ApplicationEvent> {

    /** Between the phases in which Spring Boot stops the web server: gracefully, and finally. */
    private static final int PHASE = DEFAULT_PHASE - 1536;

    private static final System.Logger LOG = System.getLogger(SvelteKitApp.class.getName());

    private final KitbridgeProperties properties;
    private final ApplicationContext context;
    private final ShutdownTime shutdownTime;
    private final CompletableFuture<Server> opened = new CompletableFuture<>();
    private final String contextPath;
    private final ServiceConnections services;
    private final PageCache pageCache;
    private final Runnable startServices;
    private final AtomicBoolean opening = new AtomicBoolean();
    private volatile boolean running;

    /**
     * Connects to Vite in development.
     *
     * @param context of the application; its class path has the app
     * @param contextPath of the application; empty for the root
     * @param services for the app
     * @param startServices lets the services start; may be called more than once
     */
    SvelteKitApp(
            KitbridgeProperties properties,
            ApplicationContext context,
            String contextPath,
            ServiceConnections services,
            Runnable startServices) {
        this.properties = properties;
        this.context = context;
        this.shutdownTime = new ShutdownTime(properties.shutdownTimeout(), InstantSource.system());
        this.services = services;
        this.startServices = startServices;
        this.pageCache = new AppPageCache(this, services.pageCache());
        this.contextPath = contextPath;
        URI vite = properties.dev().vite();
        if (vite != null) {
            LOG.log(
                    Level.WARNING,
                    "Vite at " + vite + " renders the pages (" + Development.VITE + "); for development only");
            opening.set(true);
            opened.complete(Server.develop(properties.development(vite, this::connected), services));
        }
    }

    /** Begins to unpack and to open the app on another thread, if that has not begun. */
    void open() {
        startServices.run();
        if (!opening.compareAndSet(false, true)) return;
        Thread thread = new Thread(this::openNow, "kitbridge-start");
        thread.setDaemon(true);
        thread.start();
    }

    private void openNow() {
        try {
            Map<String, String> environment = new HashMap<>(System.getenv());
            if (properties.cacheDirectory() != null) {
                environment.put("CACHE_DIRECTORY", properties.cacheDirectory().toString());
            }
            Server server = PackedApp.of(Objects.requireNonNull(context.getClassLoader()))
                    .open(environment, init -> properties.apply(init).withBase(contextPath), services);
            LOG.log(Level.INFO, "Serving a SvelteKit " + server.site().kit() + " app at " + shown(contextPath));
            // destroy() has run before
            if (!opened.complete(server)) server.close();
        } catch (StartException e) {
            LOG.log(Level.ERROR, "The SvelteKit app could not be started: " + e.getMessage());
            opened.completeExceptionally(e);
        } catch (Exception | LinkageError e) {
            LOG.log(Level.ERROR, "The SvelteKit app could not be started", e);
            opened.completeExceptionally(e);
        }
    }

    private void connected(Server.Site site) {
        String problem = baseProblem(site.base());
        if (problem == null)
            LOG.log(Level.INFO, "Vite serves a SvelteKit " + site.kit() + " app at " + shown(contextPath));
        else LOG.log(Level.ERROR, problem);
    }

    private static String shown(String path) {
        return path.isEmpty() ? "/" : path;
    }

    /** Vite serves the app at the base path of its configuration; only a packed app gets one when it starts. */
    private @Nullable String baseProblem(String base) {
        if (base.equals(contextPath) || base.startsWith(contextPath + "/")) return null;
        return "server.servlet.context-path is '" + contextPath + "', but Vite serves the app at the base path '" + base
                + "'; set kit.paths.base to '" + contextPath + "' in the app's configuration for development";
    }

    /** Returns the paths of Vite's modules in development; null in production. */
    @Nullable
    ViteModules modules() {
        if (properties.dev().vite() == null) return null;
        Server server = current();
        String base = server == null ? "" : server.site().base();
        return new ViteModules(base.isEmpty() ? contextPath : base);
    }

    /**
     * Returns the server, after the app was opened.
     *
     * @throws IllegalStateException if the app could not be started, or is not open after ten seconds
     */
    public Server server() {
        open();
        try {
            return opened.get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the SvelteKit app starts", e);
        } catch (ExecutionException | CancellationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException("The SvelteKit app could not be started: " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new IllegalStateException("The SvelteKit app has not started within 10 seconds", e);
        }
    }

    /** Returns the kept pages of the app; revalidations wait until the app is open. */
    PageCache pageCache() {
        return pageCache;
    }

    /** Returns the server, or null if the app is not open. */
    @Nullable
    Server current() {
        try {
            return opened.getNow(null);
        } catch (CompletionException | CancellationException e) {
            return null;
        }
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        destroy();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /**
     * Returns false, as that of the web server does, which still answers when Spring's test framework pauses a context.
     * Overrides a method of Spring 7.
     */
    public boolean isPauseable() {
        return false;
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (event instanceof ApplicationReadyEvent) open();
        if (event instanceof ContextClosedEvent closed && closed.getApplicationContext() == context) {
            shutdownTime.begin();
        }
    }

    /** Closes the server, also if the context could not be started. */
    @Override
    public void destroy() {
        opened.cancel(false);
        Server server = current();
        if (server != null) server.close("SIGTERM", shutdownTime.remaining());
        // the services of an app that was never opened still wait for their start
        else services.close();
    }
}
