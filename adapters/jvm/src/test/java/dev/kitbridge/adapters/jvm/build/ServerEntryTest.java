package dev.kitbridge.adapters.jvm.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.adapter.ViteConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServerEntryTest {

    private static Adapter adapter(@Nullable String serverEntry) {
        return new JvmAdapterFactory()
                .create(JvmOptionsTest.options(JavaScriptRuntime.NODE, List.of(), 0, serverEntry));
    }

    @Test
    void anEntryIsPartOfViteAndItsModulesAreDeclared() {
        Adapter adapter = adapter("src/own/server.ts");
        ViteConfig.Module plugin = adapter.vite().post().stream()
                .filter(module -> module.name().equals("server-entry.mjs"))
                .findFirst()
                .orElseThrow();
        assertThat(plugin.options())
                .containsEntry("entry", "src/own/server.ts")
                .containsEntry("name", "kitbridge-entry-src-own-server-ts");
        for (String name : List.of("env", "server", "server-manifest")) {
            assertThat(plugin.source()).contains("'sveltekit:" + name + "'");
            assertThat(adapter.types()).contains("declare module 'sveltekit:" + name + "' {\n");
        }
    }

    @Test
    void withoutAnEntryTheServerIsSvelteKits() {
        Adapter adapter = adapter(null);
        assertThat(adapter.types()).isEmpty();
        assertThat(adapter.vite().post()).extracting(ViteConfig.Module::name).doesNotContain("server-entry.mjs");
    }
}
