package dev.kitbridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ViteModulesTest {

    @ParameterizedTest
    @CsvSource({
        "/shop, /shop/@vite/client, /@vite/client, true",
        "/shop, /shop/src/routes/+page.svelte, /src/routes/+page.svelte, true",
        "/shop, /shop/admin, /admin, false",
        // the container has removed the dots from the path that its rules compare
        "/shop, /shop/src/../admin, /admin, false",
        "/shop, /shop/src/%2e%2e/admin, /admin, false"
    })
    void onlyPathsOfVitePassTheRules(String context, String uri, String path, boolean isModule) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", uri);
        request.setContextPath(context);
        request.setServletPath(path);
        assertThat(new ViteModules(context).has(request)).isEqualTo(isModule);
    }
}
