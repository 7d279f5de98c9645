package dev.kitbridge.server.internal.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.TestApp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stack traces name files of the app, independent of the folder that the product was unpacked to. */
class TraceTest {

    private static final String SCRIPT =
            """
            import { trace_sources } from './workers/trace.mjs';

            trace_sources(new URL('./product/', import.meta.url));
            const { load } = await import('./product/server/page.js');
            const { plain } = await import('./product/server/plain.js');
            for (const fail of [load, plain]) {
                try {
                    fail();
                } catch (error) {
                    console.log(error.stack);
                }
            }
            """;

    @TempDir
    Path folder;

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private List<String> run() throws IOException, InterruptedException {
        WorkerModules.write(folder);
        write("package.json", "{\"type\":\"module\"}");
        write("main.js", SCRIPT);
        Process process = new ProcessBuilder(
                        TestApp.runtime().toString(), folder.resolve("main.js").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList();
    }

    @Test
    void framesNameTheAppsFilesRelativeToTheApp() throws Exception {
        // the only mapping: the first character comes from line 3, column 5
        write("product/server/page.js", "export function load() { throw new TypeError('no page'); }\n");
        write(
                "product/server/page.js.map",
                "{\"version\":3,\"sources\":[\"../src/routes/+page.server.ts\"],\"names\":[],\"mappings\":\"AAEI\"}");
        write("product/server/plain.js", "export function plain() { throw new Error('no map'); }\n");
        List<String> lines = run();
        assertThat(lines)
                .contains("TypeError: no page", "    at load (src/routes/+page.server.ts:3:5)")
                .contains("Error: no map")
                .anyMatch(line -> line.matches(" {4}at plain \\(server/plain\\.js:1:\\d+\\)"));
        assertThat(lines).noneMatch(line -> line.contains("node:internal"));
    }
}
