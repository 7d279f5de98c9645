package dev.kitbridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

/** The build runs this test on its own Java, and on Java 25 if {@code JAVA_25_HOME} names it. */
class VirtualThreadsTest {

    private static final String ENABLED = "spring.threads.virtual.enabled";

    @Test
    void callsRunOnVirtualThreadsIfSpringBootUsesThem(@TempDir Path temp) throws Exception {
        try (RunningShop shop = RunningShop.start(temp, List.of(ENABLED + "=true"), ShopApplication.class)) {
            boolean java21 = Runtime.version().feature() >= 21;
            assertThat(shop.run("anna", "await platform.services.shop.onVirtualThread()"))
                    .isEqualTo(String.valueOf(java21));
            assertThat(shop.run("anna", "await platform.services.shop.who()")).isEqualTo("'anna de_AT /run'");
        }
    }

    @Test
    void thePropertyHasNoEffectBeforeJava21() {
        MockEnvironment environment = new MockEnvironment();
        assertThat(VirtualThreads.areEnabled(environment, 21)).isFalse();
        environment.setProperty(ENABLED, "true");
        assertThat(VirtualThreads.areEnabled(environment, 21)).isTrue();
        assertThat(VirtualThreads.areEnabled(environment, 17)).isFalse();
    }
}
