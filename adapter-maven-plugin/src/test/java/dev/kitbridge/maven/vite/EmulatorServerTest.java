package dev.kitbridge.maven.vite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.adapter.Emulator;
import dev.kitbridge.adapter.Front;
import dev.kitbridge.adapter.Prerender;
import dev.kitbridge.adapter.RouteDefinition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmulatorServerTest {

    private static HttpResponse<String> ask(String url, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> ask(Emulator emulator, String body) throws IOException, InterruptedException {
        try (EmulatorServer server = new EmulatorServer(emulator, null)) {
            return ask(server.url() + "/platform", body);
        }
    }

    @Test
    void anEmulatorIsToldTheRoutesOptionsAndAnswersWithThePlatform() throws Exception {
        Emulator emulator = (config, prerender) ->
                Map.of("region", config.get("region"), "auto", prerender == Prerender.AUTO, "a", 1);
        HttpResponse<String> answer = ask(emulator, "{\"config\":{\"region\":\"north\"},\"prerender\":\"AUTO\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"platform\":{\"a\":1,\"auto\":true,\"region\":\"north\"}}");
    }

    @Test
    void whatAnEmulatorThrowsIsTheAnswer() throws Exception {
        Emulator emulator = (config, prerender) -> {
            throw new IllegalStateException("no platform here");
        };
        HttpResponse<String> answer = ask(emulator, "{\"config\":{},\"prerender\":\"TRUE\"}");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("no platform here");
    }

    @Test
    void aQuestionThatIsNotJsonIsAnError() throws Exception {
        HttpResponse<String> answer = ask((config, prerender) -> Map.of(), "{");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).startsWith("event.platform is no JSON");
    }

    @Test
    void whetherARouteMayReadIsAskedWithAllThatIsKnownOfIt() throws Exception {
        Questions questions = new Questions() {
            @Override
            public Map<String, Object> platform(Map<String, Object> config, Prerender prerender) {
                return Map.of();
            }

            @Override
            public Optional<String> refusal(RouteDefinition route) {
                return route.config().isEmpty()
                        ? Optional.empty()
                        : Optional.of("no files for " + route.id() + " in " + route.config());
            }
        };
        String route =
                """
                {"id":"/a","api":{"methods":[]},"page":{"methods":[]},"segments":[],"pattern":"^$","prerender":"FALSE",
                "methods":[],"config":%s}""";
        try (EmulatorServer server = new EmulatorServer(questions)) {
            String url = server.url() + "/read";
            assertThat(ask(url, route.formatted("{}")).body()).isEqualTo("{\"refusal\":null}");
            assertThat(ask(url, route.formatted("{\"berth\":7}")).body())
                    .isEqualTo("{\"refusal\":\"no files for /a in {berth=7}\"}");
        }
    }

    @Test
    void servicesAreStartedWhenAPlatformIsAskedForAndNamedInTheAnswer() throws Exception {
        JavaServices services = new JavaServices() {
            @Override
            public Address address() {
                return new Address("/tmp/socket", "secret");
            }

            @Override
            public String identity() {
                return "";
            }
        };
        try (EmulatorServer server = new EmulatorServer(null, services)) {
            HttpResponse<String> answer = ask(server.url() + "/platform", "{\"config\":{},\"prerender\":\"TRUE\"}");
            assertThat(answer.body())
                    .isEqualTo("{\"platform\":{},\"services\":{\"address\":\"/tmp/socket\",\"secret\":\"secret\"}}");
        }
    }

    @Test
    void anEmulatorWithAFrontKnowsOfVisitors() throws Exception {
        Emulator emulator = new Emulator() {
            @Override
            public Map<String, Object> platform(Map<String, Object> config, Prerender prerender) {
                return Map.of();
            }

            @Override
            public Front front() {
                return place -> {
                    throw new IOException("not to be opened");
                };
            }
        };
        try (EmulatorServer server = new EmulatorServer(emulator, null)) {
            HttpResponse<String> answer = ask(server.url() + "/platform", "{\"config\":{},\"prerender\":\"TRUE\"}");
            assertThat(answer.body()).isEqualTo("{\"front\":true,\"platform\":{}}");
        }
    }

    @Test
    void nobodyIsAnsweredWhoDoesNotKnowTheSecret() throws Exception {
        try (EmulatorServer server = new EmulatorServer((config, prerender) -> Map.of("secret", "value"))) {
            String url = server.url();
            assertThat(url).matches("http://127\\.0\\.0\\.1:\\d+/[0-9a-f]{64}");
            HttpResponse<String> answer =
                    ask(url.substring(0, url.length() - 64) + "platform", "{\"config\":{},\"prerender\":\"TRUE\"}");
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).doesNotContain("value");
        }
    }
}
