import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Serves the app on the class path, as behind a proxy that ends TLS: {@code Main /context folder}. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class Main {

    public static void main(String[] arguments) {
        var context = SpringApplication.run(
                Main.class,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--server.servlet.context-path=" + arguments[0],
                "--server.tomcat.basedir=" + arguments[1]);
        System.out.println(
                "Listening on http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }

    @Bean
    FilterRegistrationBean<Filter> secure() {
        var registration = new FilterRegistrationBean<Filter>((request, response, chain) ->
                chain.doFilter(new Secure((HttpServletRequest) request), response));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    private static final class Secure extends HttpServletRequestWrapper {

        Secure(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getScheme() {
            return "https";
        }

        @Override
        public boolean isSecure() {
            return true;
        }

        @Override
        public int getServerPort() {
            int port = super.getServerPort();
            return port == 80 && !getHeader("host").endsWith(":80") ? 443 : port;
        }

        @Override
        public StringBuffer getRequestURL() {
            return new StringBuffer(super.getRequestURL().toString().replaceFirst("^http:", "https:"));
        }
    }
}
