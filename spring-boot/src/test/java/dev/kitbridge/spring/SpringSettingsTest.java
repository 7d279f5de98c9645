package dev.kitbridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kitbridge.platform.PageCache;
import dev.kitbridge.platform.PlatformService;
import dev.kitbridge.servlet.PlatformAttributes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;

/** Settings of an application that {@code docs/spring-boot.md} names. */
class SpringSettingsTest {

    private static RunningShop shop;

    @Configuration(proxyBeanMethods = false)
    @Import({ShopApplication.class, Carts.class})
    static class Settings {

        @Bean
        @Order(1)
        SecurityFilterChain withoutTokens(HttpSecurity http) throws Exception {
            return http.securityMatcher("/platform", "/private", "/_app/**")
                    .authorizeHttpRequests(requests -> requests.requestMatchers("/platform", "/_app/immutable/**")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .csrf(csrf -> csrf.disable())
                    .build();
        }

        @Bean
        @Scope("prototype")
        Counter counter() {
            return new Counter() {
                private int count;

                @Override
                public Count next() {
                    return new Count(++count);
                }
            };
        }

        @Bean
        LocaleResolver localeResolver() {
            CookieLocaleResolver resolver = new CookieLocaleResolver("language");
            resolver.setDefaultLocale(Locale.ENGLISH);
            return resolver;
        }

        @Bean
        PlatformAttributes cart() {
            return request -> {
                HttpSession session = request.getSession(false);
                return Map.of("items", session == null ? 0 : session.getAttribute("items"));
            };
        }
    }

    @PlatformService
    interface Counter {
        Count next();

        record Count(@JsonProperty("total_count") int total) {}
    }

    @RestController
    static class Carts {
        @GetMapping("/api/cart")
        void fill(HttpServletRequest request) {
            request.getSession().setAttribute("items", 3);
        }
    }

    @BeforeAll
    static void start(@TempDir Path temp) throws Exception {
        List<String> properties = List.of("server.forward-headers-strategy=native", "kitbridge.body-limit=3MB");

        shop = RunningShop.start(temp, properties, Settings.class);
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    @Test
    void theOriginIsThatOfTheProxy() throws Exception {
        HttpRequest.Builder form = shop.post("/text", "application/x-www-form-urlencoded", "name=Adze");
        assertThat(shop.send(RunningShop.forwarded(form)).body()).isEqualTo("name=Adze");
        assertThat(shop.send(RunningShop.forwarded(shop.request("/url"))).body())
                .isEqualTo("GET https://shop.example/url");
    }

    @Test
    void largerUploadsReachTheApp() throws Exception {
        String body = "x".repeat(2_500_000);
        HttpRequest.Builder upload = shop.post("/text", "multipart/form-data; boundary=b", body);
        assertThat(shop.send(upload.header("origin", shop.origin())).body()).isEqualTo(body);
    }

    @Test
    void callsHaveTheLocaleOfTheResolver() throws Exception {
        HttpRequest.Builder page = shop.as("anna", RunningShop.running("await platform.services.shop.who()"));
        assertThat(shop.send(page).body()).isEqualTo("'anna en /run'");
        assertThat(shop.send(page.header("cookie", "language=fr")).body()).isEqualTo("'anna fr /run'");
    }

    @Test
    void aServiceIsOneObjectAlsoIfItsScopeIsPrototype() throws Exception {
        String code = "(await platform.services.counter.next(), await platform.services.counter.next())";
        assertThat(shop.run("anna", code)).isEqualTo("{ total_count: 2 }");
    }

    @Test
    void thePageHasValuesOfTheSession() throws Exception {
        HttpResponse<String> filled = shop.send(shop.request("/api/cart"));
        String cookie = filled.headers().firstValue("set-cookie").orElseThrow().replaceFirst(";.*", "");
        assertThat(shop.send(shop.request("/platform").header("cookie", cookie)).body())
                .contains("\"items\":3");
        assertThat(shop.get("/platform")).contains("\"items\":0");
    }

    @Test
    void withoutSpringsProtectionThereIsNoToken() throws Exception {
        assertThat(shop.get("/platform")).doesNotContain("\"csrf\"");
    }

    @Test
    void scriptsAndStylesMayBePublic() throws Exception {
        assertThat(shop.send(shop.request("/_app/immutable/x.js")).statusCode()).isEqualTo(404);
        assertThat(shop.send(shop.request("/_app/version.json")).statusCode()).isEqualTo(403);
        assertThat(shop.send(shop.request("/private")).statusCode()).isEqualTo(403);
    }

    @Test
    void theAppCanBeSwitchedOff(@TempDir Path temp) throws Exception {
        try (RunningShop without = RunningShop.start(temp, List.of("kitbridge.enabled=false"), ShopApplication.class)) {
            assertThat(without.context().getBeansOfType(SvelteKitApp.class)).isEmpty();
            assertThat(without.context().getBean(PageCache.class)).isSameAs(PageCache.none());
            assertThat(without.get("/api/who")).startsWith("nobody");
            assertThat(without.send(without.request("/url")).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void pagesNeedSpringsServletAtItsDefaultPath(@TempDir Path temp) throws Exception {
        try (RunningShop moved =
                RunningShop.start(temp, List.of("spring.mvc.servlet.path=/spring"), ShopApplication.class)) {
            assertThat(moved.send(moved.request("/url")).statusCode()).isEqualTo(404);
        }
    }
}
