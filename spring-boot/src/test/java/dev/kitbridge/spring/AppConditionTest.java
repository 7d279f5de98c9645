package dev.kitbridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.PackedTestApp;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

class AppConditionTest {

    private static final AutoConfigurations OURS =
            AutoConfigurations.of(KitbridgeAutoConfiguration.class, ReactiveNotice.class);

    @TempDir
    Path temp;

    @Test
    void aMockEnvironmentServesNoApp() throws Exception {
        new WebApplicationContextRunner()
                .withClassLoader(PackedTestApp.loader(temp))
                .withConfiguration(OURS)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(SvelteKitApp.class));
    }

    @Test
    void aWebFluxApplicationServesNoAppAndSaysSo() throws Exception {
        new ReactiveWebApplicationContextRunner()
                .withClassLoader(PackedTestApp.loader(temp))
                .withConfiguration(OURS)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(ReactiveNotice.class)
                        .doesNotHaveBean(SvelteKitApp.class));
    }
}
