package dev.kitbridge.spring;

import dev.kitbridge.server.PackedTestApp;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

/** The shop's application with an app on its class path, and requests to it. */
final class RunningShop implements AutoCloseable {

    static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final ConfigurableApplicationContext context;
    private final String origin;

    private RunningShop(ConfigurableApplicationContext context) {
        this.context = context;
        this.origin = origin(context);
    }

    /**
     * Starts the application on a free port.
     *
     * @param temp folder for the app
     * @param properties of Spring Boot
     */
    static RunningShop start(Path temp, List<String> properties, Class<?>... configurations) throws Exception {
        return start(temp, properties, context -> {}, configurations);
    }

    /** @param initializer changes the context before it starts */
    static RunningShop start(
            Path temp,
            List<String> properties,
            ApplicationContextInitializer<ConfigurableApplicationContext> initializer,
            Class<?>... configurations)
            throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = PackedTestApp.loader(temp);
        Thread.currentThread().setContextClassLoader(loader);
        try {
            SpringApplication application = new SpringApplication(new DefaultResourceLoader(loader), configurations);
            application.addInitializers(initializer);
            List<String> arguments = new ArrayList<>(List.of(
                    "--server.port=0",
                    "--server.address=127.0.0.1",
                    "--kitbridge.workers=1",
                    "--kitbridge.cache-directory=" + temp.resolve("cache")));
            for (String property : properties) arguments.add("--" + property);
            return new RunningShop(application.run(arguments.toArray(String[]::new)));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    static String origin(ApplicationContext context) {
        String scheme = context.getEnvironment().containsProperty("server.ssl.key-store") ? "https" : "http";
        return scheme + "://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    String origin() {
        return origin;
    }

    HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create(origin + target)).header("accept", "text/html,*/*;q=0.8");
    }

    HttpRequest.Builder as(String user, String target) {
        String credentials = Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
        return request(target).header("authorization", "Basic " + credentials);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    String get(String target) throws Exception {
        return send(request(target)).body();
    }

    /** Returns a page of the app that runs code. */
    static String running(String code) {
        return "/run?" + URLEncoder.encode(code, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Runs code in the app, as a user. */
    String run(String user, String code) throws Exception {
        return send(as(user, running(code)).header("accept-language", "de-AT")).body();
    }

    HttpRequest.Builder post(String target, String type, String body) {
        return request(target).header("content-type", type).POST(BodyPublishers.ofString(body));
    }

    /** Adds the headers of a proxy, and those of a browser that knows the proxy only. */
    static HttpRequest.Builder forwarded(HttpRequest.Builder request) {
        return request.header("x-forwarded-proto", "https")
                .header("x-forwarded-host", "shop.example")
                .header("x-forwarded-port", "443")
                .header("origin", "https://shop.example");
    }

    @Override
    public void close() {
        context.close();
    }
}
