package dev.kitbridge.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.ServiceLimits;
import dev.kitbridge.server.TestApp;
import dev.kitbridge.server.internal.workers.WorkerModules;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services in a JVM of their own, which restarts while a development server keeps running. */
class ServiceHostTest {

    private static final String SECRET = "0123456789abcdef";

    private static final String CLIENT =
            """
            import { connect } from './services/services.mjs';

            const client = connect({ address: process.env.ADDRESS, secret: process.env.SECRET, retry: 60000 });
            process.stdin.on('data', async () => {
                const { services } = client.platform({}, new AbortController().signal);
                try {
                    console.log(`sum ${await services.lab.add(20, 22)}`);
                } catch (error) {
                    console.log(error.message);
                }
            });
            """;

    private static Process host(Path folder, Map<String, String> environment) throws IOException {
        Path services = Files.createDirectories(folder.resolve("classes/META-INF/services"));
        Files.writeString(services.resolve(Lab.class.getName()), TestLab.class.getName());
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                folder.resolve("classes") + File.pathSeparator + classPath,
                ServiceHost.class.getName(),
                Lab.class.getName());
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true).start();
    }

    /** Starts a script that finds the host at {@code s} in the folder. */
    private static Process client(Path folder, String code) throws IOException {
        WorkerModules.write(folder);
        Path script = Files.writeString(folder.resolve("client.mjs"), code);
        ProcessBuilder builder =
                new ProcessBuilder(TestApp.runtime().toString(), script.toString()).redirectErrorStream(true);
        String socket = folder.resolve("s").toString();
        builder.environment().putAll(Map.of("ADDRESS", socket, "SECRET", SECRET));
        return builder.start();
    }

    private static void ask(Process client) throws IOException {
        client.getOutputStream().write('\n');
        client.getOutputStream().flush();
    }

    /** Repeats a call that failed because the host exited before the client noticed. */
    private static String answer(Process client, BufferedReader said) throws IOException {
        String line = said.readLine();
        if (!line.equals("The connection to the Java services was lost during lab.add")) return line;
        ask(client);
        return said.readLine();
    }

    @Test
    void callsOutliveTheirServices(@TempDir Path folder) throws Exception {
        String socket = folder.resolve("s").toString();
        Map<String, String> environment = Map.of(ServiceHost.SOCKET, socket, ServiceHost.SECRET, SECRET);
        Process client = client(folder, CLIENT);
        try (BufferedReader said = client.inputReader()) {
            // called before the host runs
            ask(client);
            for (int i = 0; i < 2; i++) {
                Process host = host(folder, environment);
                try (BufferedReader lines = host.inputReader()) {
                    assertThat(lines.readLine()).isEqualTo("\u001eServices on " + socket + ": lab");
                    assertThat(answer(client, said)).isEqualTo("sum 42");
                    host.getOutputStream().close();
                    assertThat(host.waitFor(60, TimeUnit.SECONDS)).isTrue();
                    assertThat(host.exitValue()).isZero();
                } finally {
                    host.destroyForcibly();
                }
                // while the host restarts
                ask(client);
            }
        } finally {
            client.destroyForcibly();
        }
    }

    private static final String ASKS_FOR_TOO_MUCH =
            """
            import { connect } from './services/services.mjs';

            const client = connect({ address: process.env.ADDRESS, secret: process.env.SECRET, retry: 60000 });
            const { lab } = client.platform({}, new AbortController().signal).services;
            // the connection does not keep the process alive
            process.stdin.resume();
            const says = (error) => console.log(error.message);
            await lab.add('x'.repeat(1 << 20)).catch(says);
            await lab.large(8 << 20).catch(says);
            await Promise.race(Array.from({ length: 65 }, () => lab.hang())).catch(says);
            process.exit(0);
            """;

    /** Prerendering, development and preview use the host, which has no configuration of limits. */
    @Test
    void theDefaultLimitsHold(@TempDir Path folder) throws Exception {
        String socket = folder.resolve("s").toString();
        Process host = host(folder, Map.of(ServiceHost.SOCKET, socket, ServiceHost.SECRET, SECRET));
        Process client = client(folder, ASKS_FOR_TOO_MUCH);
        try (BufferedReader said = client.inputReader()) {
            ServiceLimits limits = ServiceLimits.DEFAULT;
            assertThat(said.readLine())
                    .contains("its arguments have ")
                    .endsWith("; expected " + limits.argumentBytes() + " at most");
            assertThat(said.readLine()).contains(" has more than " + limits.resultBytes() + " bytes as JSON");
            assertThat(said.readLine())
                    .contains(limits.callsPerRequest() + " calls of this request are running already");
        } finally {
            client.destroyForcibly();
            host.destroyForcibly();
        }
    }

    private static final String KEEPS_PAGES =
            """
            import { connect } from './services/services.mjs';

            const kept = [];
            const revalidate = async (json) => {
                if (json.includes('broken')) throw new Error('the link is lost');
                await new Promise((fulfil) => setTimeout(fulfil, 50));
                kept.push(json);
                return { unreached: ['one'] };
            };
            const client = connect({ address: process.env.ADDRESS, secret: process.env.SECRET, retry: 60000, revalidate });
            const { lab } = client.platform({}, new AbortController().signal).services;
            process.stdin.resume();
            const unreached = await lab.forget('gr\u00f6\u00dfe:7');
            // the page cache has forgotten the page when the call returns
            console.log(JSON.stringify({ kept, unreached, broken: await lab.forget('broken') }));
            // a client without a page cache
            const plain = connect({ address: process.env.ADDRESS, secret: process.env.SECRET, retry: 60000 });
            client.close();
            console.log(JSON.stringify(await plain.platform({}, new AbortController().signal).services.lab.forget('other')));
            process.exit(0);
            """;

    @Test
    void servicesRevalidatePagesOfTheirClient(@TempDir Path folder) throws Exception {
        String socket = folder.resolve("s").toString();
        Process host = host(folder, Map.of(ServiceHost.SOCKET, socket, ServiceHost.SECRET, SECRET));
        Process client = client(folder, KEEPS_PAGES);
        try (BufferedReader said = client.inputReader()) {
            assertThat(said.readLine())
                    .isEqualTo("{\"kept\":[\"{\\\"tags\\\":[\\\"gr\\\\u00F6\\\\u00DFe:7\\\"]}\"],"
                            + "\"unreached\":[\"one\"],\"broken\":[\"the link is lost\"]}");
            assertThat(said.readLine()).isIn("[]", "[\"the preview has closed its connection to the services\"]");
        } finally {
            client.destroyForcibly();
            host.destroyForcibly();
        }
    }

    @Test
    void aSecretIsNeeded(@TempDir Path folder) throws Exception {
        Process host = host(folder, Map.of(ServiceHost.SECRET, "short"));
        try (BufferedReader lines = host.inputReader()) {
            assertThat(lines.lines().toList())
                    .isEqualTo(List.of("KITBRIDGE_SERVICES_SECRET has 5 characters; expected 16 at least"));
            assertThat(host.waitFor()).isEqualTo(1);
        } finally {
            host.destroyForcibly();
        }
    }
}
