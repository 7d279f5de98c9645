package dev.kitbridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Await;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.GenericApplicationContext;

/** The app beside controllers, services and security, on one port. */
class StarterTest {

    private static RunningShop shop;
    private static String early;

    @BeforeAll
    static void start(@TempDir Path temp) throws Exception {
        List<String> properties = List.of(
                "kitbridge.page-cache=on",
                "kitbridge.page-cache-size=2MB",
                "kitbridge.paths.exclude=/legacy/**",
                "management.endpoint.health.probes.enabled=true",
                "management.endpoint.health.show-details=always",
                "management.endpoints.web.exposure.include=health,info,metrics");
        shop = RunningShop.start(
                temp,
                properties,
                context -> ((GenericApplicationContext) context)
                        .registerBean(ApplicationRunner.class, () -> arguments -> requestEarly(context)),
                ShopApplication.class);
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    /** Requests a page while a runner of the application still works. */
    private static void requestEarly(ApplicationContext started) throws Exception {
        HttpRequest page = HttpRequest.newBuilder(URI.create(RunningShop.origin(started) + "/platform"))
                .build();
        early = RunningShop.CLIENT.send(page, BodyHandlers.ofString()).body();
    }

    @Test
    void aRequestBeforeTheApplicationIsReadyOpensTheApp() {
        assertThat(early).contains("\"principal\":null");
    }

    /** Spring 7 stops pauseable beans of a test's context while another one is used, but not the web server. */
    @Test
    void nothingOfTheAppIsPausedWhileTheWebServerAnswers() throws Exception {
        for (SmartLifecycle bean :
                shop.context().getBeansOfType(SmartLifecycle.class).values()) {
            if (!bean.getClass().getPackageName().equals("dev.kitbridge.spring")) continue;
            Method pauseable = bean.getClass().getDeclaredMethod("isPauseable");
            pauseable.setAccessible(true);
            assertThat(pauseable.invoke(bean)).as(bean.toString()).isEqualTo(false);
        }
    }

    @Test
    void handlersOfSpringComeFirst() throws Exception {
        assertThat(shop.get("/api/who")).startsWith("nobody at 127.0.0.1");
        assertThat(shop.get("/file.txt")).isEqualTo("a file");
        // a controller takes posts to the path
        assertThat(shop.get("/hello")).isEqualTo("hello");
        assertThat(shop.get("/actuator/health")).contains("\"status\":\"UP\"");
        assertThat(shop.send(shop.request("/legacy/hello")).statusCode()).isEqualTo(404);
        assertThat(shop.get("/routed")).isEqualTo("routed");
        assertThat(shop.get("/console/x")).isEqualTo("console");
    }

    @Test
    void staticFilesOfSpringAreServedOnlyFromExcludedPaths() throws Exception {
        assertThat(shop.get("/legacy/page.html")).contains("Legacy");
        assertThat(shop.get("/")).isEqualTo("Not Found");
        assertThat(shop.get("/index.html")).isEqualTo("Not Found");
    }

    @Test
    void interceptorsAreForHandlersOfSpring() throws Exception {
        assertThat(shop.send(shop.request("/api/who")).headers().firstValue("x-intercepted"))
                .isPresent();
        assertThat(shop.send(shop.request("/hello")).headers().firstValue("x-intercepted"))
                .isEmpty();
    }

    @Test
    void thePageKnowsTheRequest() throws Exception {
        assertThat(shop.get("/platform"))
                .contains(
                        "\"attributes\":{\"path\":\"/platform\"}",
                        "\"request\":{\"method\":\"GET\",\"address\":\"127.0.0.1\",\"protocol\":\"HTTP/1.1\"}");
    }

    @Test
    void headersOfAProxyAreIgnoredUnlessSpringBootIsToldOtherwise() throws Exception {
        assertThat(shop.send(RunningShop.forwarded(shop.post("/text", "text/plain", "a=1")))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aBodyBeyondTheLimitIsAnsweredWith413() throws Exception {
        HttpRequest.Builder upload = shop.post("/text", "text/csv", "x".repeat(600_000));
        assertThat(shop.send(upload.header("origin", shop.origin())).statusCode())
                .isEqualTo(413);
    }

    @Test
    void aControllerForTheChildrenOfAPageGetsNoneOfItsData() throws Exception {
        assertThat(shop.get("/hello/1")).isEqualTo("id 1");
        // the page is the app's, so its data is too; this app has none
        assertThat(shop.get("/hello/__data.json?x-sveltekit-invalidated=1")).isEqualTo("Not Found");
        // the controller's page has no data
        assertThat(shop.send(shop.request("/hello/1/__data.json")).statusCode()).isEqualTo(404);
    }

    @Test
    void theAppAnswersPreflightsForItsPaths() throws Exception {
        HttpRequest.Builder preflight = shop.request("/url")
                .header("origin", "https://other.example")
                .header("access-control-request-method", "PUT")
                .method("OPTIONS", BodyPublishers.noBody());
        assertThat(shop.send(preflight).body()).isEqualTo("OPTIONS " + shop.origin() + "/url");
        assertThat(shop.send(preflight.uri(URI.create(shop.origin() + "/api/add")))
                        .body())
                .isEqualTo("Invalid CORS request");
    }

    @Test
    void aFilterThatKeepsTheResponseGetsAllOfIt() throws Exception {
        HttpResponse<String> large = shop.send(shop.request("/large"));
        assertThat(large.body()).hasSize(3_000_000);
        assertThat(large.headers().firstValue("etag")).isPresent();
        String body = "x".repeat(300_000);
        HttpRequest.Builder text = shop.post("/text", "text/csv", body).header("origin", shop.origin());
        assertThat(shop.send(text).body()).isEqualTo(body);
    }

    @Test
    void beansOfTheRequestEndWithIt() throws Exception {
        String twice = "await platform.services.shop.visit(); return platform.services.shop.visit()";
        int before = ShopApplication.Visits.ENDED.get();
        assertThat(shop.run("anna", twice)).isEqualTo("2");
        assertThat(shop.run("anna", twice)).isEqualTo("2");
        Await.until("both beans have ended", () -> ShopApplication.Visits.ENDED.get() == before + 2);
    }

    @Test
    void aClientThatWantsJsonGetsTheErrorOfSpring() throws Exception {
        HttpRequest.Builder json = shop.request("/missing").setHeader("accept", "application/json");
        assertThat(shop.send(json).body()).contains("\"status\":404", "\"path\":\"/missing\"");
        assertThat(shop.send(shop.request("/missing")).body()).isEqualTo("<h1>404</h1>");
    }

    @Test
    void aFormOfTheAppKeepsItsBodyAndNeedsNoToken() throws Exception {
        HttpRequest.Builder form = shop.post("/text", "application/x-www-form-urlencoded", "name=Adze");
        assertThat(shop.send(form.copy().header("origin", shop.origin())).body())
                .isEqualTo("name=Adze");
        assertThat(shop.send(form.copy().header("origin", "https://evil.example"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(shop.send(form).statusCode()).isEqualTo(403);
        String parts = "--b\r\ncontent-disposition: form-data; name=\"name\"\r\n\r\nAdze\r\n--b--\r\n";
        HttpRequest.Builder multipart = shop.post("/text", "multipart/form-data; boundary=b", parts);
        assertThat(shop.send(multipart.header("origin", shop.origin())).body()).isEqualTo(parts);
        HttpRequest.Builder put = shop.request("/text")
                .header("content-type", "application/x-www-form-urlencoded")
                .header("origin", shop.origin())
                .PUT(BodyPublishers.ofString("a=1"));
        assertThat(shop.send(put).body()).isEqualTo("a=1");
    }

    @Test
    void aPathOfSpringNeedsItsToken() throws Exception {
        HttpRequest.Builder form = shop.post("/api/add", "application/x-www-form-urlencoded", "name=Adze");
        assertThat(shop.send(form.copy().header("origin", shop.origin())).statusCode())
                .isEqualTo(403);
        HttpResponse<String> page = shop.send(shop.request("/csrf"));
        String cookie = page.headers().firstValue("set-cookie").orElseThrow().replaceFirst(";.*", "");
        HttpRequest.Builder allowed = form.header("cookie", cookie).header("x-csrf-token", page.body());
        assertThat(shop.send(allowed).body()).isEqualTo("added Adze");
        assertThat(shop.send(shop.request("/csrf-unread")).headers().firstValue("set-cookie"))
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
        assertThat(shop.get(page)).startsWith("1 ");
        assertThat(shop.get(page)).startsWith("1 ");
        assertThat(shop.run("anna", "await platform.services.shop.change('tools')"))
                .contains("unreached: []");
        assertThat(shop.get(page)).startsWith("2 ");
    }

    @Test
    void aControllerForwardsToAPage() throws Exception {
        assertThat(shop.get("/api/receipt")).isEqualTo("GET " + shop.origin() + "/url?receipt");
    }

    @Test
    void thePageForADeniedRequestIsAPage() throws Exception {
        HttpResponse<String> denied = shop.send(shop.as("anna", "/fields"));
        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(denied.body()).isEqualTo("GET " + shop.origin() + "/url");
        HttpResponse<String> data = shop.send(shop.as("anna", "/fields/__data.json"));
        assertThat(data.statusCode()).isEqualTo(403);
        assertThat(data.body()).startsWith("{\"message\":");
    }

    @Test
    void aFormWithoutALengthSignsIn() throws Exception {
        HttpResponse<String> page = shop.send(shop.request("/csrf"));
        String cookie = page.headers().firstValue("set-cookie").orElseThrow().replaceFirst(";.*", "");
        String form = "username=anna&password=secret&_csrf=" + URLEncoder.encode(page.body(), StandardCharsets.UTF_8);
        HttpRequest.Builder chunked = shop.post("/login", "application/x-www-form-urlencoded", form)
                .header("cookie", cookie)
                .POST(BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(form.getBytes(StandardCharsets.UTF_8))));
        assertThat(shop.send(chunked).headers().firstValue("location")).hasValue(shop.origin() + "/");
    }

    @Test
    void aFormOfTheAppSignsIn() throws Exception {
        HttpResponse<String> page = shop.send(shop.request("/csrf"));
        String cookie = page.headers().firstValue("set-cookie").orElseThrow().replaceFirst(";.*", "");
        String form = "username=anna&password=secret&_csrf=" + URLEncoder.encode(page.body(), StandardCharsets.UTF_8);
        String type = "application/x-www-form-urlencoded";
        assertThat(shop.send(shop.post("/login", type, form)).statusCode()).isEqualTo(403);
        HttpResponse<String> signedIn =
                shop.send(shop.post("/login", type, form).header("cookie", cookie));
        assertThat(signedIn.statusCode()).isEqualTo(302);
        assertThat(signedIn.headers().firstValue("location")).hasValue(shop.origin() + "/");
        HttpResponse<String> wrong = shop.send(
                shop.post("/login", type, form.replace("secret", "wrong")).header("origin", shop.origin()));
        assertThat(wrong.headers().firstValue("location").orElseThrow()).endsWith("/login?error");
    }

    @Test
    void thePageKnowsTheUser() throws Exception {
        assertThat(shop.send(shop.as("anna", "/platform")).body())
                .contains("\"principal\":{\"authorities\":[\"ROLE_USER\"],\"name\":\"anna\"}");
        assertThat(shop.get("/platform")).contains("\"principal\":null");
    }

    @Test
    void aRuleForAPageHoldsForItsDataToo() throws Exception {
        assertThat(shop.send(shop.request("/fields")).statusCode()).isEqualTo(302);
        HttpResponse<String> data = shop.send(shop.request("/fields/__data.json?x-sveltekit-invalidated=1"));
        assertThat(data.statusCode()).isEqualTo(200);
        assertThat(data.body())
                .startsWith("{\"type\":\"redirect\",\"location\":\"")
                .endsWith("/login\"}");
        HttpResponse<String> form = shop.send(shop.post("/fields", "application/x-www-form-urlencoded", "a=1")
                .header("origin", shop.origin())
                .header("x-sveltekit-action", "true"));
        assertThat(form.body()).startsWith("{\"type\":\"redirect\",\"status\":303,\"location\":\"");
        HttpResponse<String> page = shop.send(shop.as("anna", "/fields"));
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).doesNotContain("Whitelabel");
        assertThat(shop.send(shop.as("anna", "/fields/__data.json")).body()).isEqualTo("{\"message\":\"Forbidden\"}");
        assertThat(shop.send(shop.as("admin", "/fields")).statusCode()).isEqualTo(200);
    }

    @Test
    void aServiceRunsInTheContextOfTheRequest() throws Exception {
        assertThat(shop.run("anna", "await platform.services.shop.who()")).isEqualTo("'anna de_AT /run'");
        assertThat(shop.run("anna", "await platform.services.shop.observations()"))
                .startsWith("'kitbridge.call in ")
                .endsWith(" http.server.requests'");
    }

    @Test
    void callsRunOnVirtualThreadsOnlyIfSpringBootUsesThem() throws Exception {
        assertThat(shop.run("anna", "await platform.services.shop.onVirtualThread()"))
                .isEqualTo("false");
    }

    @Test
    void exceptionsOfSpringHaveTheirStatus() throws Exception {
        assertThat(shop.run("anna", "await platform.services.shop.admin()")).startsWith("HttpError 403");
        assertThat(shop.run("admin", "await platform.services.shop.admin()")).isEqualTo("null");
        assertThat(shop.get(RunningShop.running("await platform.services.shop.admin()")))
                .startsWith("HttpError 401");
        assertThat(shop.run("anna", "await platform.services.shop.expire()")).startsWith("HttpError 401");
        assertThat(shop.run("anna", "await platform.services.shop.conflict()"))
                .isEqualTo("HttpError 409 ResponseStatusException: there is one already");
        assertThat(shop.run("anna", "await platform.services.shop.gone()")).isEqualTo("HttpError 410 Gone: Gone");
        assertThat(
                        shop.run(
                                "anna",
                                "try { await platform.services.shop.add({ name: '' }) } catch (e) { return e.body.violations }"))
                .isEqualTo("[ { field: 'name', message: 'darf nicht leer sein' } ]");
    }

    @Test
    void aFetchOfThePageReachesAControllerAsTheSameUser() throws Exception {
        assertThat(shop.send(shop.as("anna", "/fetch?url=/api/who")).body())
                .isEqualTo("200 anna at 127.0.0.1 of " + shop.origin() + "/api/who");
        assertThat(shop.send(shop.as("anna", "/fetch?url=/api/secret")).body()).isEqualTo("200 secret");
        // no page is rendered for an error of a fetch
        assertThat(shop.send(shop.as("anna", "/fetch?url=/missing")).body())
                .startsWith("404 ")
                .doesNotContain("<h1>");
        assertThat(shop.send(shop.request("/api/who").header("kitbridge-loopback", "guessed"))
                        .body())
                .startsWith("nobody");
    }

    @Test
    void aStreamArrivesPieceByPiece() throws Exception {
        HttpResponse<InputStream> response =
                RunningShop.CLIENT.send(shop.request("/first").build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            assertThat(body.readNBytes(5)).asString().isEqualTo("first");
            assertThat(shop.get("/open?first")).isEqualTo("open");
            assertThat(body.readAllBytes()).asString().isEqualTo("second");
        }
    }

    @Test
    void theErrorPageOfSpringIsNotAddedToAResponseThatBreaksOff() throws Exception {
        URI address = URI.create(shop.origin());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            String head = "GET /breaks?off HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            StringBuilder received = new StringBuilder();
            for (int next = in.read(); next >= 0; next = in.read()) {
                received.append((char) next);
                if (received.indexOf("\r\n\r\n") >= 0) break;
            }
            assertThat(shop.get("/open?off")).isEqualTo("open");
            String rest = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(received + rest)
                    .startsWith("HTTP/1.1 200")
                    .doesNotContain("\"timestamp\"")
                    .doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void headersOfSecurityGiveWayToTheCachingOfTheApp() throws Exception {
        var page = shop.send(shop.request("/hello")).headers();
        assertThat(page.firstValue("cache-control")).hasValue("no-cache, no-store, max-age=0, must-revalidate");
        assertThat(page.firstValue("x-content-type-options")).hasValue("nosniff");
        var cached = shop.send(shop.request("/cached")).headers();
        assertThat(cached.allValues("cache-control")).containsExactly("max-age=60");
        assertThat(cached.firstValue("expires")).isEmpty();
        assertThat(cached.firstValue("pragma")).isEmpty();
    }

    @Test
    void theActuatorKnowsTheApp() throws Exception {
        assertThat(shop.get("/actuator/health/readiness")).contains("\"kitbridge\":{", "\"readyWorkers\":1");
        assertThat(shop.get("/actuator/info")).contains("\"svelteKit\":{\"version\":\"3.2.0\"}");
        assertThat(shop.get("/actuator/metrics/kitbridge.workers.ready")).contains("\"value\":1.0");
        assertThat(shop.get("/actuator/metrics/kitbridge.page.cache.requests?tag=state:hit"))
                .contains("\"value\":");
    }
}
