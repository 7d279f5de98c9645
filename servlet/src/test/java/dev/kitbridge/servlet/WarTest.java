package dev.kitbridge.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.platform.PlatformService;
import dev.kitbridge.server.Await;
import dev.kitbridge.server.PackedTestApp;
import dev.kitbridge.server.TestApp;
import dev.kitbridge.server.packed.PackedApp;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A web application in Tomcat with its own copies of the libraries, which the fragment registers. */
@Timeout(120)
class WarTest {

    private static final String PROTECTED =
            """
            <security-constraint>
              <web-resource-collection>
                <web-resource-name>members</web-resource-name>
                <url-pattern>/platform</url-pattern>
              </web-resource-collection>
              <auth-constraint><role-name>member</role-name></auth-constraint>
            </security-constraint>
            <security-role><role-name>member</role-name></security-role>
            """;

    private static final String FORM =
            """
            <login-config>
              <auth-method>FORM</auth-method>
              <form-login-config>
                <form-login-page>/url</form-login-page>
                <form-error-page>/nothing</form-error-page>
              </form-login-config>
            </login-config>
            """;

    private static final String BASIC = "<login-config><auth-method>BASIC</auth-method></login-config>";

    @TempDir
    Path temp;

    private final Tomcat tomcat = new Tomcat();
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void aReloadStartsTheAppAgainAndLeavesNothing() throws Exception {
        Context context = start("");
        assertThat(get("/run?platform.services.greeter.hello()").body()).isEqualTo("'hello'");
        ProcessHandle worker = worker();
        context.reload();
        assertThat(get("/run?platform.services.greeter.hello()").body()).isEqualTo("'hello'");
        assertThat(worker.isAlive()).isFalse();
        ProcessHandle second = worker();
        assertThat(threads()).isPositive();
        StandardHost host = (StandardHost) tomcat.getHost();
        Await.until("the first class loader is collected", () -> host.findReloadedContextMemoryLeaks().length == 0);
        host.removeChild(context);
        assertThat(second.isAlive()).isFalse();
        Await.until("the threads of the application have ended", () -> threads() == 0);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> String.valueOf(thread.getContextClassLoader()).contains("context: ROOT"))
                .count();
    }

    @Test
    void theContainersBasicAuthenticationTellsWhoIsThere() throws Exception {
        start(PROTECTED + BASIC);
        assertThat(get("/platform").statusCode()).isEqualTo(401);
        HttpRequest request = HttpRequest.newBuilder(uri("/platform"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString("ann:secret".getBytes()))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        assertThat(response.body()).contains("\"principal\":{\"name\":\"ann\"}");
    }

    @Test
    void theContainersLoginPageIsAPageOfTheApp() throws Exception {
        start(PROTECTED + FORM);
        assertThat(get("/platform").body()).startsWith("GET http://").endsWith("/url");
        HttpResponse<String> wrong = login("wrong");
        assertThat(wrong.body()).isEqualTo("Not Found");
        assertThat(get("/platform").body()).endsWith("/url");
        HttpResponse<String> right = login("secret");
        assertThat(right.statusCode()).isEqualTo(303);
        assertThat(get("/platform").body()).contains("\"principal\":{\"name\":\"ann\"}");
    }

    @Test
    void membersOfPlatformAttributesComeFromTheServiceLoader() throws Exception {
        start("");
        assertThat(get("/platform").body()).contains("\"attributes\":{\"method\":\"GET\"}");
    }

    @Test
    void filesOfTheWarNeedAMappingToTheDefaultServlet() throws Exception {
        for (String name : List.of("legacy", "other")) {
            Path folder = Files.createDirectories(temp.resolve("war").resolve(name));
            Files.writeString(folder.resolve("page.html"), "a page of the WAR");
        }
        start(mapping("default", "/legacy/*"));
        assertThat(get("/legacy/page.html").body()).isEqualTo("a page of the WAR");
        assertThat(get("/other/page.html").body()).isEqualTo("Not Found");
    }

    @Test
    void aServletForAllPathsShadowsTheApp() throws Exception {
        start("<servlet><servlet-name>all</servlet-name><servlet-class>" + Everything.class.getName()
                + "</servlet-class></servlet>" + mapping("all", "/"));
        assertThat(get("/hello").body()).isEqualTo("everything");
    }

    private static String mapping(String servlet, String pattern) {
        return "<servlet-mapping><servlet-name>" + servlet + "</servlet-name><url-pattern>" + pattern
                + "</url-pattern></servlet-mapping>";
    }

    @Test
    void theContainerReadsTheHeadersOfATrustedProxy() throws Exception {
        tomcat.getEngine().getPipeline().addValve(new RemoteIpValve());
        start("");
        assertThat(forwarded("/url").body()).isEqualTo("GET https://127.0.0.1/url");
        assertThat(forwarded("/address").body()).isEqualTo("203.0.113.1");
    }

    private HttpResponse<String> forwarded(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .header("x-forwarded-proto", "https")
                .header("x-forwarded-for", "203.0.113.1")
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> login(String password) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/j_security_check"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("j_username=ann&j_password=" + password))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path);
    }

    private ProcessHandle worker() throws Exception {
        return ProcessHandle.of(Long.parseLong(get("/pid").body())).orElseThrow();
    }

    /** @param elements further ones of web.xml */
    private Context start(String elements) throws Exception {
        Path war = temp.resolve("war");
        Path info = Files.createDirectories(war.resolve("WEB-INF"));
        Files.writeString(
                info.resolve("web.xml"),
                """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                <context-param><param-name>kitbridge.workers</param-name><param-value>1</param-value></context-param>
                <context-param><param-name>kitbridge.cache-directory</param-name><param-value>%s</param-value></context-param>
                %s
                </web-app>
                """
                        .formatted(temp.resolve("cache"), elements));
        Path classes = info.resolve("classes");
        PackedTestApp.write(TestApp.in(temp.resolve("app")).folder(), classes);
        provide(classes, PlatformAttributes.class, Attributes.class);
        provide(classes, Greeter.class, Hello.class);
        copy(classes, Everything.class);
        Files.writeString(classes.resolve(PackedApp.SERVICES), Greeter.class.getName());
        libraries(Files.createDirectories(info.resolve("lib")));
        tomcat.setBaseDir(temp.resolve("tomcat").toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.addUser("ann", "secret");
        tomcat.addRole("ann", "member");
        Files.createDirectories(temp.resolve("tomcat/webapps"));
        Context context = tomcat.addWebapp("", war.toString());
        // the class path of the test has the fragment too
        ((StandardJarScanner) context.getJarScanner()).setScanClassPath(false);
        tomcat.start();
        return context;
    }

    /** Names an implementation, and copies the classes of this test. */
    private static void provide(Path classes, Class<?> service, Class<?> implementation) throws Exception {
        Path providers = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(providers.resolve(service.getName()), implementation.getName());
        for (Class<?> type : List.of(WarTest.class, service, implementation)) {
            if (type != PlatformAttributes.class) copy(classes, type);
        }
    }

    private static void copy(Path classes, Class<?> type) throws Exception {
        String name = type.getName().replace('.', '/') + ".class";
        Path copy = classes.resolve(name);
        Files.createDirectories(copy.getParent());
        Files.copy(Path.of(type.getResource("/" + name).toURI()), copy, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The libraries that a WAR with kitbridge-servlet has; folders of classes become jars. */
    private static void libraries(Path lib) throws IOException {
        int count = 0;
        for (String each : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path entry = Path.of(each);
            if (each.contains("test")
                    || !each.matches(".*(kitbridge-|/(servlet|server|services|platform)/target/|jackson|/asm).*"))
                continue;
            Path jar = lib.resolve(count++ + ".jar");
            if (Files.isRegularFile(entry)) Files.copy(entry, jar);
            else if (Files.isDirectory(entry)) pack(entry, jar);
        }
    }

    private static void pack(Path folder, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(folder.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
            }
        }
    }

    @PlatformService
    public interface Greeter {
        String hello();
    }

    public static final class Hello implements Greeter {
        @Override
        public String hello() {
            return "hello";
        }
    }

    public static final class Everything extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("everything");
        }
    }

    public static final class Attributes implements PlatformAttributes {
        @Override
        public Map<String, Object> of(HttpServletRequest request) {
            return Map.of("method", request.getMethod());
        }
    }
}
