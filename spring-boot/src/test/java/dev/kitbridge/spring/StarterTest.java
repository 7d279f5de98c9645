package dev.kitbridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Await;
import dev.kitbridge.server.PackedTestApp;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

/** The app beside controllers, services and security, on one port. */
class StarterTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static ConfigurableApplicationContext context;
    private static String origin;
    private static String early;

    @BeforeAll
    static void start(@TempDir Path temp) throws Exception {
        ClassLoader loader = PackedTestApp.loader(temp);
        Thread.currentThread().setContextClassLoader(loader);
        SpringApplication application = new SpringApplication(new DefaultResourceLoader(loader), ShopApplication.class);
        application.addInitializers(started -> ((GenericApplicationContext) started)
                .registerBean(ApplicationRunner.class, () -> arguments -> requestEarly(started)));
        context = application.run(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--kitbridge.workers=1",
                "--kitbridge.cache-directory=" + temp.resolve("cache"),
                "--kitbridge.page-cache=on",
                "--kitbridge.page-cache-size=2MB",
                "--kitbridge.paths.exclude=/legacy/**",
                "--management.endpoint.health.probes.enabled=true",
                "--management.endpoint.health.show-details=always",
                "--management.endpoints.web.exposure.include=health,info,metrics");
        origin = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    @AfterAll
    static void stop() {
        context.close();
        Thread.currentThread().setContextClassLoader(StarterTest.class.getClassLoader());
    }

    /** Requests a page while a runner of the application still works. */
    private static void requestEarly(ApplicationContext started) throws Exception {
        origin = "http://127.0.0.1:" + started.getEnvironment().getProperty("local.server.port");
        early = get("/platform");
    }

    @Test
    void aRequestBeforeTheApplicationIsReadyOpensTheApp() {
        assertThat(early).contains("\"principal\":null");
    }

    /** Spring 7 stops pauseable beans of a test's context while another one is used, but not the web server. */
    @Test
    void nothingOfTheAppIsPausedWhileTheWebServerAnswers() throws Exception {
        for (SmartLifecycle bean : context.getBeansOfType(SmartLifecycle.class).values()) {
            if (!bean.getClass().getPackageName().equals("dev.kitbridge.spring")) continue;
            Method pauseable = bean.getClass().getDeclaredMethod("isPauseable");
            pauseable.setAccessible(true);
            assertThat(pauseable.invoke(bean)).as(bean.toString()).isEqualTo(false);
        }
    }

    private static HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create(origin + target)).header("accept", "text/html,*/*;q=0.8");
    }

    private static HttpRequest.Builder as(String user, String target) {
        String credentials = Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
        return request(target).header("authorization", "Basic " + credentials);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static String get(String target) throws Exception {
        return send(request(target)).body();
    }

    /** Runs code in the app, as a user. */
    private static String run(String user, String code) throws Exception {
        String query = URLEncoder.encode(code, StandardCharsets.UTF_8).replace("+", "%20");
        return send(as(user, "/run?" + query).header("accept-language", "de-AT"))
                .body();
    }

    private static HttpRequest.Builder post(String target, String type, String body) {
        return request(target).header("content-type", type).POST(BodyPublishers.ofString(body));
    }

    @Test
    void handlersOfSpringComeFirst() throws Exception {
        assertThat(get("/api/who")).startsWith("nobody at 127.0.0.1");
        assertThat(get("/file.txt")).isEqualTo("a file");
        // a controller takes posts to the path
        assertThat(get("/hello")).isEqualTo("hello");
        assertThat(get("/actuator/health")).contains("\"status\":\"UP\"");
        assertThat(send(request("/legacy/hello")).statusCode()).isEqualTo(404);
        assertThat(get("/platform")).contains("\"attributes\":{\"path\":\"/platform\"}");
    }

    @Test
    void aControllerForTheChildrenOfAPageGetsNoneOfItsData() throws Exception {
        assertThat(get("/hello/1")).isEqualTo("id 1");
        // the page is the app's, so its data is too; this app has none
        assertThat(get("/hello/__data.json?x-sveltekit-invalidated=1")).isEqualTo("Not Found");
        // the controller's page has no data
        assertThat(send(request("/hello/1/__data.json")).statusCode()).isEqualTo(404);
    }

    @Test
    void theAppAnswersPreflightsForItsPaths() throws Exception {
        HttpRequest.Builder preflight = request("/url")
                .header("origin", "https://other.example")
                .header("access-control-request-method", "PUT")
                .method("OPTIONS", BodyPublishers.noBody());
        assertThat(send(preflight).body()).isEqualTo("OPTIONS " + origin + "/url");
        assertThat(send(preflight.uri(URI.create(origin + "/api/add"))).body()).isEqualTo("Invalid CORS request");
    }

    @Test
    void aFilterThatKeepsTheResponseGetsAllOfIt() throws Exception {
        HttpResponse<String> large = send(request("/large"));
        assertThat(large.body()).hasSize(3_000_000);
        assertThat(large.headers().firstValue("etag")).isPresent();
        String body = "x".repeat(300_000);
        HttpRequest.Builder text = post("/text", "text/csv", body).header("origin", origin);
        assertThat(send(text).body()).isEqualTo(body);
    }

    @Test
    void beansOfTheRequestEndWithIt() throws Exception {
        String twice = "await platform.services.shop.visit(); return platform.services.shop.visit()";
        int before = ShopApplication.Visits.ENDED.get();
        assertThat(run("anna", twice)).isEqualTo("2");
        assertThat(run("anna", twice)).isEqualTo("2");
        Await.until("both beans have ended", () -> ShopApplication.Visits.ENDED.get() == before + 2);
    }

    @Test
    void aClientThatWantsJsonGetsTheErrorOfSpring() throws Exception {
        HttpRequest.Builder json = request("/missing").setHeader("accept", "application/json");
        assertThat(send(json).body()).contains("\"status\":404", "\"path\":\"/missing\"");
        assertThat(send(request("/missing")).body()).isEqualTo("<h1>404</h1>");
    }

    @Test
    void aFormOfTheAppKeepsItsBodyAndNeedsNoToken() throws Exception {
        HttpRequest.Builder form = post("/text", "application/x-www-form-urlencoded", "name=Adze");
        assertThat(send(form.copy().header("origin", origin)).body()).isEqualTo("name=Adze");
        assertThat(send(form.copy().header("origin", "https://evil.example")).statusCode())
                .isEqualTo(403);
        assertThat(send(form).statusCode()).isEqualTo(403);
        String parts = "--b\r\ncontent-disposition: form-data; name=\"name\"\r\n\r\nAdze\r\n--b--\r\n";
        HttpRequest.Builder multipart = post("/text", "multipart/form-data; boundary=b", parts);
        assertThat(send(multipart.header("origin", origin)).body()).isEqualTo(parts);
        HttpRequest.Builder put = request("/text")
                .header("content-type", "application/x-www-form-urlencoded")
                .header("origin", origin)
                .PUT(BodyPublishers.ofString("a=1"));
        assertThat(send(put).body()).isEqualTo("a=1");
    }

    @Test
    void aPathOfSpringNeedsItsToken() throws Exception {
        HttpRequest.Builder form = post("/api/add", "application/x-www-form-urlencoded", "name=Adze");
        assertThat(send(form.copy().header("origin", origin)).statusCode()).isEqualTo(403);
        HttpResponse<String> page = send(request("/csrf"));
        String cookie = page.headers().firstValue("set-cookie").orElseThrow().replaceFirst(";.*", "");
        HttpRequest.Builder allowed = form.header("cookie", cookie).header("x-csrf-token", page.body());
        assertThat(send(allowed).body()).isEqualTo("added Adze");
        assertThat(send(request("/csrf-unread")).headers().firstValue("set-cookie"))
                .isEmpty();
    }

    @Test
    void aBeanRevalidatesKeptPages() throws Exception {
        String page = "/kept/"
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString("{\"headers\":{\"cache-control\":\"s-maxage=60\",\"cache-tag\":\"tools\"}}"
                                .getBytes(StandardCharsets.UTF_8))
                + "/1";
        assertThat(get(page)).startsWith("1 ");
        assertThat(get(page)).startsWith("1 ");
        assertThat(run("anna", "await platform.services.shop.change('tools')")).contains("unreached: []");
        assertThat(get(page)).startsWith("2 ");
    }

    @Test
    void aControllerForwardsToAPage() throws Exception {
        assertThat(get("/api/receipt")).isEqualTo("GET " + origin + "/url?receipt");
    }

    @Test
    void thePageForADeniedRequestIsAPage() throws Exception {
        HttpResponse<String> denied = send(as("anna", "/fields"));
        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(denied.body()).isEqualTo("GET " + origin + "/url");
        HttpResponse<String> data = send(as("anna", "/fields/__data.json"));
        assertThat(data.statusCode()).isEqualTo(403);
        assertThat(data.body()).startsWith("{\"message\":");
    }

    @Test
    void aFormWithoutALengthSignsIn() throws Exception {
        HttpResponse<String> page = send(request("/csrf"));
        String cookie = page.headers().firstValue("set-cookie").orElseThrow().replaceFirst(";.*", "");
        String form = "username=anna&password=secret&_csrf=" + URLEncoder.encode(page.body(), StandardCharsets.UTF_8);
        HttpRequest.Builder chunked = post("/login", "application/x-www-form-urlencoded", form)
                .header("cookie", cookie)
                .POST(BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(form.getBytes(StandardCharsets.UTF_8))));
        assertThat(send(chunked).headers().firstValue("location")).hasValue(origin + "/");
    }

    @Test
    void aFormOfTheAppSignsIn() throws Exception {
        HttpResponse<String> page = send(request("/csrf"));
        String cookie = page.headers().firstValue("set-cookie").orElseThrow().replaceFirst(";.*", "");
        String form = "username=anna&password=secret&_csrf=" + URLEncoder.encode(page.body(), StandardCharsets.UTF_8);
        String type = "application/x-www-form-urlencoded";
        assertThat(send(post("/login", type, form)).statusCode()).isEqualTo(403);
        HttpResponse<String> signedIn = send(post("/login", type, form).header("cookie", cookie));
        assertThat(signedIn.statusCode()).isEqualTo(302);
        assertThat(signedIn.headers().firstValue("location")).hasValue(origin + "/");
        HttpResponse<String> wrong =
                send(post("/login", type, form.replace("secret", "wrong")).header("origin", origin));
        assertThat(wrong.headers().firstValue("location").orElseThrow()).endsWith("/login?error");
    }

    @Test
    void thePageKnowsTheUser() throws Exception {
        assertThat(send(as("anna", "/platform")).body())
                .contains("\"principal\":{\"authorities\":[\"ROLE_USER\"],\"name\":\"anna\"}");
        assertThat(get("/platform")).contains("\"principal\":null");
    }

    @Test
    void aRuleForAPageHoldsForItsDataToo() throws Exception {
        assertThat(send(request("/fields")).statusCode()).isEqualTo(302);
        HttpResponse<String> data = send(request("/fields/__data.json?x-sveltekit-invalidated=1"));
        assertThat(data.statusCode()).isEqualTo(200);
        assertThat(data.body())
                .startsWith("{\"type\":\"redirect\",\"location\":\"")
                .endsWith("/login\"}");
        HttpResponse<String> form = send(post("/fields", "application/x-www-form-urlencoded", "a=1")
                .header("origin", origin)
                .header("x-sveltekit-action", "true"));
        assertThat(form.body()).startsWith("{\"type\":\"redirect\",\"status\":303,\"location\":\"");
        HttpResponse<String> page = send(as("anna", "/fields"));
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).doesNotContain("Whitelabel");
        assertThat(send(as("anna", "/fields/__data.json")).body()).isEqualTo("{\"message\":\"Forbidden\"}");
        assertThat(send(as("admin", "/fields")).statusCode()).isEqualTo(200);
    }

    @Test
    void aServiceRunsInTheContextOfTheRequest() throws Exception {
        assertThat(run("anna", "await platform.services.shop.who()")).isEqualTo("'anna de_AT /run'");
    }

    @Test
    void exceptionsOfSpringHaveTheirStatus() throws Exception {
        assertThat(run("anna", "await platform.services.shop.admin()")).startsWith("HttpError 403");
        assertThat(run("admin", "await platform.services.shop.admin()")).isEqualTo("null");
        assertThat(run("anna", "await platform.services.shop.conflict()"))
                .isEqualTo("HttpError 409 ResponseStatusException: there is one already");
        assertThat(run("anna", "await platform.services.shop.gone()")).isEqualTo("HttpError 410 Gone: Gone");
        assertThat(
                        run(
                                "anna",
                                "try { await platform.services.shop.add({ name: '' }) } catch (e) { return e.body.violations }"))
                .isEqualTo("[ { field: 'name', message: 'darf nicht leer sein' } ]");
    }

    @Test
    void aFetchOfThePageReachesAControllerAsTheSameUser() throws Exception {
        assertThat(send(as("anna", "/fetch?url=/api/who")).body())
                .isEqualTo("200 anna at 127.0.0.1 of " + origin + "/api/who");
        assertThat(send(as("anna", "/fetch?url=/api/secret")).body()).isEqualTo("200 secret");
        // no page is rendered for an error of a fetch
        assertThat(send(as("anna", "/fetch?url=/missing")).body())
                .startsWith("404 ")
                .doesNotContain("<h1>");
        assertThat(send(request("/api/who").header("kitbridge-loopback", "guessed"))
                        .body())
                .startsWith("nobody");
    }

    @Test
    void aStreamArrivesPieceByPiece() throws Exception {
        HttpResponse<InputStream> response = CLIENT.send(request("/first").build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            assertThat(body.readNBytes(5)).asString().isEqualTo("first");
            assertThat(get("/open?first")).isEqualTo("open");
            assertThat(body.readAllBytes()).asString().isEqualTo("second");
        }
    }

    @Test
    void headersOfSecurityGiveWayToTheCachingOfTheApp() throws Exception {
        var page = send(request("/hello")).headers();
        assertThat(page.firstValue("cache-control")).hasValue("no-cache, no-store, max-age=0, must-revalidate");
        assertThat(page.firstValue("x-content-type-options")).hasValue("nosniff");
        var cached = send(request("/cached")).headers();
        assertThat(cached.allValues("cache-control")).containsExactly("max-age=60");
        assertThat(cached.firstValue("expires")).isEmpty();
        assertThat(cached.firstValue("pragma")).isEmpty();
    }

    @Test
    void theActuatorKnowsTheApp() throws Exception {
        assertThat(get("/actuator/health/readiness")).contains("\"kitbridge\":{", "\"readyWorkers\":1");
        assertThat(get("/actuator/info")).contains("\"svelteKit\":{\"version\":\"3.2.0\"}");
        assertThat(get("/actuator/metrics/kitbridge.workers.ready")).contains("\"value\":1.0");
        assertThat(get("/actuator/metrics/kitbridge.page.cache.requests?tag=state:hit"))
                .contains("\"value\":");
    }
}
