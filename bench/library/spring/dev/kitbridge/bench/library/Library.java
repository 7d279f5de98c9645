package dev.kitbridge.bench.library;

import dev.kitbridge.examples.toollibrary.ToolView;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The Spring Boot application, with the rules of examples/spring-boot. */
@SpringBootApplication
public class Library {

    public static void main(String[] arguments) {
        SpringApplication.run(Library.class, arguments);
    }

    @Bean
    Tools tools() {
        return new MemoryTools();
    }

    @Bean
    SecurityFilterChain filterChain(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/admin/**")
                        .hasRole("ADMIN")
                        .requestMatchers("/tools/new/**")
                        .authenticated()
                        .requestMatchers(HttpMethod.GET, "/api/**")
                        .permitAll()
                        .requestMatchers("/api/**")
                        .authenticated()
                        .anyRequest()
                        .permitAll())
                .formLogin(login -> login.loginPage("/login"))
                .build();
    }

    @RestController
    static class ToolController {

        private final Tools tools;

        ToolController(Tools tools) {
            this.tools = tools;
        }

        @GetMapping("/api/tools")
        List<ToolView> search(@RequestParam(defaultValue = "") String q) {
            return tools.search(q);
        }
    }
}
