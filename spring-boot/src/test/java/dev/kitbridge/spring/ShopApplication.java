package dev.kitbridge.spring;

import dev.kitbridge.platform.PageCache;
import dev.kitbridge.servlet.PlatformAttributes;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Controller;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** An application with a controller, a service and security. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableMethodSecurity
@Import({ShopApplication.Api.class, ShopApplication.Pages.class, ShopApplication.ShopService.class})
class ShopApplication {

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/fields")
                        .hasRole("ADMIN")
                        .requestMatchers("/api/secret")
                        .authenticated()
                        .anyRequest()
                        .permitAll())
                .formLogin(login -> login.loginPage("/login"))
                .httpBasic(basic -> {})
                .exceptionHandling(denied -> denied.accessDeniedPage("/url"))
                .build();
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                User.withUsername("anna").password("{noop}secret").roles("USER").build(),
                User.withUsername("admin")
                        .password("{noop}secret")
                        .roles("ADMIN")
                        .build());
    }

    @Bean
    PlatformAttributes attributes() {
        return request -> Map.of("path", request.getRequestURI());
    }

    /** Keeps the response until the chain has returned. */
    @Bean
    FilterRegistrationBean<ShallowEtagHeaderFilter> etags() {
        var registration = new FilterRegistrationBean<>(new ShallowEtagHeaderFilter());
        registration.addUrlPatterns("/large", "/text");
        return registration;
    }

    @Bean
    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/routed", request -> ServerResponse.ok().body("routed"))
                .build();
    }

    @Bean
    ServletRegistrationBean<HttpServlet> console() {
        HttpServlet console = new HttpServlet() {
            private static final long serialVersionUID = 1;

            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                response.getWriter().print("console");
            }
        };
        return new ServletRegistrationBean<>(console, "/console/*");
    }

    @Bean
    WebMvcConfigurer interceptors() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new HandlerInterceptor() {
                    @Override
                    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                        response.setHeader("x-intercepted", "yes");
                        return true;
                    }
                });
            }
        };
    }

    @Bean(destroyMethod = "end")
    @Scope(value = "request", proxyMode = ScopedProxyMode.TARGET_CLASS)
    Visits visits() {
        return new Visits();
    }

    /** A bean of one request. */
    static class Visits {
        static final AtomicInteger ENDED = new AtomicInteger();

        private int count;

        int add() {
            return ++count;
        }

        void end() {
            ENDED.incrementAndGet();
        }
    }

    @RestController
    static class Api {
        @GetMapping("/hello/{id}")
        String byId(@PathVariable String id) {
            return "id " + id;
        }

        @GetMapping("/api/who")
        String who(HttpServletRequest request) {
            String user = request.getUserPrincipal() == null
                    ? "nobody"
                    : request.getUserPrincipal().getName();
            return user + " at " + request.getRemoteAddr() + " of " + request.getRequestURL();
        }

        @GetMapping("/api/secret")
        String secret() {
            return "secret";
        }

        @PostMapping("/api/add")
        String add(@RequestParam String name) {
            return "added " + name;
        }

        @PostMapping("/hello")
        String greet() {
            return "greeted";
        }
    }

    @Controller
    static class Pages {
        @GetMapping("/api/receipt")
        String receipt() {
            return "forward:/url?receipt";
        }
    }

    @Validated
    static class ShopService implements Shop {

        private final PageCache pages;
        private final Visits visits;
        private final ObservationRegistry observations;

        ShopService(PageCache pages, Visits visits, ObservationRegistry observations) throws Exception {
            // while the context starts
            pages.revalidateAll().toCompletableFuture().get(60, TimeUnit.SECONDS);
            this.pages = pages;
            this.visits = visits;
            this.observations = observations;
        }

        @Override
        public String observations() {
            List<String> names = new ArrayList<>();
            ObservationView each = observations.getCurrentObservation();
            while (each != null) {
                names.add(each.getContextView().getName());
                each = each.getContextView().getParentObservation();
            }
            return String.join(" in ", names);
        }

        @Override
        public void expire() {
            throw new CredentialsExpiredException("expired");
        }

        @Override
        public CompletionStage<PageCache.Result> change(String tag) {
            return pages.revalidateTags(tag);
        }

        @Override
        public int visit() {
            return visits.add();
        }

        @Override
        public void gone() {
            throw new Gone();
        }

        @ResponseStatus(HttpStatus.GONE)
        static class Gone extends RuntimeException {
            private static final long serialVersionUID = 1;
        }

        @Override
        public String who() {
            var attributes = (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
            return SecurityContextHolder.getContext().getAuthentication().getName() + " "
                    + LocaleContextHolder.getLocale() + " "
                    + attributes.getRequest().getRequestURI();
        }

        @Override
        public boolean onVirtualThread() {
            try {
                return (boolean) Thread.class.getMethod("isVirtual").invoke(Thread.currentThread());
            } catch (ReflectiveOperationException e) {
                // before Java 21
                return false;
            }
        }

        @Override
        @PreAuthorize("hasRole('ADMIN')")
        public void admin() {}

        @Override
        public void conflict() {
            throw new ResponseStatusException(HttpStatus.CONFLICT, "there is one already");
        }

        @Override
        public String add(Tool tool) {
            return "added " + tool.name();
        }
    }
}
