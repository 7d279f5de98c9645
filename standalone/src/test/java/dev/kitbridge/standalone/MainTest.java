package dev.kitbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.packed.PackedApp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process: its output, its signals and its exit codes. */
@Timeout(180)
class MainTest {

    @TempDir
    static Path temp;

    private static Path jar;

    /**
     * How a process ended.
     *
     * @param code exit code
     * @param out standard output
     * @param error standard error output
     */
    private record Result(int code, String out, String error) {}

    /** A jar with the app, and with the libraries beside it. */
    @BeforeAll
    static void writeJar() throws Exception {
        Path app = temp.resolve("source/app");
        TestApp.write(app);
        jar = temp.resolve("app.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_TITLE, "shop");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "1.2.3");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                Stream<Path> files = Files.walk(app)) {
            StringBuilder index = new StringBuilder("named-by-its-content\n");
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                byte[] content = Files.readAllBytes(file);
                String name = "app/" + app.relativize(file).toString().replace('\\', '/');
                String digest = HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
                index.append(digest + " - " + content.length + " " + name + "\n");
                out.putNextEntry(new ZipEntry(PackedApp.FOLDER + name));
                out.write(content);
            }
            out.putNextEntry(new ZipEntry(PackedApp.PROPERTIES));
            out.write("runtime=node\n".getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new ZipEntry(PackedApp.FILES));
            out.write(index.toString().getBytes(StandardCharsets.UTF_8));
            addClasses(out);
        }
    }

    private static void addClasses(JarOutputStream out) throws Exception {
        Path classes = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
            }
        }
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString())
                .filter(entry -> !entry.contains("adapters/jvm/target/"))
                .collect(Collectors.joining(" "));
    }

    private static ProcessBuilder builder(Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv("PATH"));
        builder.environment().putAll(Map.of("HOST", "127.0.0.1", "PORT", "0", "WORKERS", "1"));
        // the process that records an archive inherits it too
        builder.environment().put("CACHE_DIRECTORY", temp.resolve("cache").toString());
        builder.environment().putAll(environment);
        return builder;
    }

    /** A shell lets its background jobs ignore SIGINT, and a JVM leaves that as it is. */
    private static boolean isInterruptIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) return false;
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
        }
    }

    private static Result run(Map<String, String> environment, String... arguments) throws Exception {
        return run(builder(environment, List.of(arguments)));
    }

    private static Result run(ProcessBuilder builder) throws Exception {
        Path out = Files.createTempFile(temp, "out", "");
        Path error = Files.createTempFile(temp, "error", "");
        Process process = builder.redirectOutput(out.toFile())
                .redirectError(error.toFile())
                .start();
        try {
            int code = process.waitFor();
            return new Result(code, Files.readString(out), Files.readString(error));
        } finally {
            process.destroy();
        }
    }

    @Test
    void aMistakeIsOneLine() throws Exception {
        assertThat(run(Map.of("PORT", "http")))
                .isEqualTo(new Result(
                        1,
                        "",
                        "The environment variable PORT is 'http'; it accepts 0 to 65535" + System.lineSeparator()));
        Result argument = run(Map.of(), "--port=1");
        assertThat(argument.code()).isEqualTo(1);
        assertThat(argument.error())
                .startsWith("The argument '--port=1' is not known")
                .hasLineCount(1);
    }

    @Test
    void itSaysWhatItIs() throws Exception {
        assertThat(run(Map.of(), "--version")).isEqualTo(new Result(0, "shop 1.2.3" + System.lineSeparator(), ""));
        assertThat(run(Map.of(), "--help").out()).contains("KEEP_ALIVE_TIMEOUT");
    }

    @Test
    void aCheckAnswersOneRequest() throws Exception {
        Result good = run(Map.of("ALLOWED_HOSTS", "*.a.test", "MANAGEMENT_PORT", "1"), "--check=/file.txt");
        assertThat(good.error()).isEmpty();
        assertThat(good.out())
                .matches("GET /file\\.txt was answered with 200, \\d+ ms after the start\\Rshutdown SIGTERM\\R");
        assertThat(good.code()).isZero();

        Result bad = run(Map.of(), "--check=/nothing");
        assertThat(bad.out()).startsWith("GET /nothing was answered with 404, ");
        assertThat(bad.code()).isEqualTo(1);

        // the file could be served
        Result broken = run(Map.of("APP_FAILS", "1", "START_TRIES", "1"), "--check=/file.txt");
        assertThat(broken.out()).isEmpty();
        assertThat(broken.error()).contains("The app does not start: ");
        assertThat(broken.code()).isEqualTo(1);
    }

    @Test
    void anAppThatDoesNotStartEndsTheProcess() throws Exception {
        Result result = run(Map.of("APP_FAILS", "1", "START_TRIES", "3", "WORKERS", "1"));

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).startsWith("Listening on ");
        assertThat(result.error().split("DATABASE_URL is missing", -1))
                .as("the app's message, once: " + result.error())
                .hasSize(2);
        assertThat(result.error().lines().filter(line -> line.contains(" exited with code 1 before it was ready")))
                .as("a line for each start, and one for the process: " + result.error())
                .hasSize(4);
        assertThat(result.error())
                .contains("Worker 3 exited with code 1 before it was ready, with the same output as the previous start")
                .contains("The app does not start: 3 starts failed; ")
                .contains("with START_TRIES=0 the process waits and tries again");
    }

    @Test
    void anArchiveIsWrittenAndUsed() throws Exception {
        Path archive = temp.resolve("app.jsa");

        Result made = run(Map.of(), "--make-archive=" + archive);

        assertThat(made.error()).isEmpty();
        assertThat(made.out())
                .startsWith("Wrote " + archive + " (")
                .endsWith("java -XX:SharedArchiveFile=" + archive + " -jar " + jar + System.lineSeparator());
        ProcessBuilder start = builder(Map.of(), List.of("--version"));
        // ends with an error if the archive does not fit
        start.command().addAll(1, List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:on"));
        assertThat(start.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void anArchiveOfAnAppThatDoesNotStartIsNotWritten() throws Exception {
        Path archive = temp.resolve("broken.jsa");

        Result made = run(Map.of("TLS_CERT", "missing.pem", "TLS_KEY", "missing.pem"), "--make-archive=" + archive);

        assertThat(made.code()).isEqualTo(1);
        assertThat(made.error())
                .startsWith("The archive was not written; the start that it records ended with exit code 1: The file ")
                .hasLineCount(1);
        assertThat(archive).doesNotExist();
    }

    @Test
    void anArchiveNeedsAFolder() throws Exception {
        Path archive = temp.resolve("none/app.jsa");

        assertThat(run(Map.of(), "--make-archive=" + archive))
                .isEqualTo(new Result(
                        1,
                        "",
                        "The archive " + archive + " cannot be written: " + archive.getParent()
                                + " is no folder; choose another file: --make-archive=/path/app.jsa"
                                + System.lineSeparator()));
    }

    @Test
    void sigtermAndSigintShutDownAndTheAppGetsTheReason() throws Exception {
        for (String signal : List.of("TERM", "INT")) {
            if (signal.equals("INT") && isInterruptIgnored()) continue;
            Process process =
                    builder(Map.of(), List.of()).redirectErrorStream(true).start();
            try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
                String address = lines.readLine();
                assertThat(address).startsWith("Listening on http://127.0.0.1:");
                // a rendered page shows that the worker is ready
                int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
                assertThat(Check.get(new java.net.InetSocketAddress("127.0.0.1", port), false, "a.test", "/echo"))
                        .isEqualTo(200);

                new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                        .start()
                        .waitFor();

                // the lines of the banner are indented
                assertThat(lines.lines().filter(line -> !line.startsWith("  ")))
                        .containsExactly("shutdown SIG" + signal);
                assertThat(process.waitFor()).isZero();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    /** Opens a socket, and gives it to the app as its standard input; what systemd does with StandardInput=socket. */
    private static final String SYSTEMD =
            """
            import { createServer, get } from 'node:http';
            import { spawn } from 'node:child_process';
            const [stdin, ...command] = process.argv.slice(1);
            const server = createServer().listen(0, '127.0.0.1', () => {
                const { port } = server.address();
                const child = spawn('sh', ['-c', 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"', 'sh', ...command], {
                    stdio: [stdin === 'socket' ? server._handle.fd : 'ignore', 'pipe', 'inherit']
                });
                // no other process accepts its connections
                server.close();
                process.on('SIGTERM', () => child.kill('SIGKILL'));
                child.stdout.on('data', (text) => {
                    process.stdout.write(text);
                    if (String(text).includes('Listening')) {
                        get({ port, host: '127.0.0.1', path: '/file.txt', agent: false }, (response) =>
                            response.on('data', (body) => process.stdout.write(body)));
                    }
                });
                child.on('exit', (code) => process.exit(code));
            });
            """;

    @Test
    void theSocketOfSystemdIsUsedUntilTheServerIsIdle() throws Exception {
        Result result = activated("socket");

        assertThat(result.error()).isEmpty();
        assertThat(result.out())
                .startsWith("Listening on the socket that systemd opened\n")
                .contains("\na file\n");
        assertThat(result.code()).isZero();
    }

    @Test
    void aSocketThatAJvmCannotTakeIsNamed() throws Exception {
        Result result = activated("nothing");

        assertThat(result.error())
                .isEqualTo("LISTEN_FDS is set, but a JVM can only take a socket that is its standard input; add"
                        + " StandardInput=socket, StandardOutput=journal and StandardError=journal to the service's unit"
                        + System.lineSeparator());
        assertThat(result.code()).isEqualTo(1);
    }

    private static Result activated(String stdin) throws Exception {
        ProcessBuilder java = builder(Map.of("IDLE_TIMEOUT", "1"), List.of());
        List<String> command = new ArrayList<>(List.of("node", "--input-type=module", "-e", SYSTEMD, "--", stdin));
        command.addAll(java.command());
        java.command(command);
        return run(java);
    }
}
