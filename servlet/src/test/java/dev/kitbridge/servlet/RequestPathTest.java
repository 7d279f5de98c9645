package dev.kitbridge.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

    @ParameterizedTest
    @CsvSource({
        "/lab, /lab",
        "/lab/, /lab/",
        "/lab/a%20b, /lab/a b",
        "/lab/gr%C3%B6%c3%9fe, /lab/größe",
        "/lab/a%3Bb, /lab/a;b",
        "/lab/100%25, /lab/100%",
        "/lab/%252e%252e/a, /lab/%2e%2e/a",
        "/lab/x/../a, /lab/a",
        "/lab/x/%2E%2e/a, /lab/a",
        "/lab/./a, /lab/a",
        "/lab/a/.., /lab/",
        // a container that passes encoded slashes on
        "/lab/a%2Fb, /lab/a%2Fb",
        // Tomcat's welcome file
        "/lab/docs/, /lab/docs/index.html",
    })
    void theSamePathIsAccepted(String sent, String container) {
        assertThat(RequestPath.isUnambiguous(request(sent, container, false))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // parameters: the container removes them
        "/lab/admin/..;/x, /lab/x",
        "/lab/admin;a=b, /lab/admin",
        "/lab/;/admin, /lab/admin",
        // encoded slashes: the container decodes them
        "/lab/admin%2fx, /lab/admin/x",
        "/lab/x%2f..%2fadmin, /lab/admin",
        "/lab/x%2f..%2fadmin, /lab/x/../admin",
        // backslashes: to a URL parser they are slashes
        "/lab/x\\..\\admin, /lab/x\\..\\admin",
        "/lab/..\\admin, /lab/..\\admin",
        "/lab//admin, /lab/admin",
        "/lab/docs/, /lab/docs/a/b",
        "/lab/a%ff, /lab/a\uFFFD",
        "/lab/a%2, /lab/a%2",
        "/lab/a%zz, /lab/a%zz",
    })
    void anotherPathIsRejected(String sent, String container) {
        assertThat(RequestPath.isUnambiguous(request(sent, container, false))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/lab/a;jsessionid=1", "/lab;x/a;jsessionid=1", "/lab/a"})
    void theIdOfASessionIsNotPartOfThePath(String sent) {
        HttpServletRequest request = request(sent, "/lab/a", true);
        assertThat(RequestPath.raw(request)).isEqualTo("/lab/a");
        assertThat(RequestPath.isUnambiguous(request)).isTrue();
    }

    @Test
    void pathInfoIsPartOfThePath() {
        assertThat(RequestPath.isUnambiguous(proxy(
                        HttpServletRequest.class,
                        Map.of(
                                "getRequestURI", "/app/a",
                                "getServletPath", "/app",
                                "getPathInfo", "/a",
                                "isRequestedSessionIdFromURL", false,
                                "getServletContext", proxy(ServletContext.class, Map.of("getContextPath", ""))))))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/shop/a, /shop, /lab/a",
        "/shop/inner/a, /shop/inner, /lab/a",
        "/shop, /shop, /lab",
        // forms in which a container names its own
        "/l%61b/a, /l%61b, /l%61b/a",
        "//lab/a, //lab, //lab/a",
        "/x/../lab/a, /x/../lab, /x/../lab/a",
        "/lab/a, /lab, /lab/a",
    })
    void aPrefixThatAProxyHasNamedIsNotPartOfThePath(String sent, String context, String path) {
        Map<String, Object> answers = Map.of(
                "getRequestURI",
                sent,
                "getContextPath",
                context,
                "isRequestedSessionIdFromURL",
                false,
                "getServletContext",
                proxy(ServletContext.class, Map.of("getContextPath", "/lab")));
        assertThat(RequestPath.raw(proxy(HttpServletRequest.class, answers))).isEqualTo(path);
    }

    private static HttpServletRequest request(String sent, String container, boolean session) {
        return proxy(
                HttpServletRequest.class,
                Map.of(
                        "getRequestURI",
                        sent,
                        "getServletPath",
                        container.substring("/lab".length()),
                        "isRequestedSessionIdFromURL",
                        session,
                        "getServletContext",
                        proxy(ServletContext.class, Map.of("getContextPath", "/lab"))));
    }

    private static <T> T proxy(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answers.get(method.getName())));
    }
}
