package dev.kitbridge.maven.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.maven.process.ProcessLog;
import dev.kitbridge.maven.services.ClassPath;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ApplicationProcessTest {

    private static final URI VITE = URI.create("http://127.0.0.1:5173/");

    @TempDir
    Path folder;

    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ApplicationProcess process;

    @BeforeEach
    void prepare() throws IOException {
        text("one");
        List<Path> classPath = new ArrayList<>(List.of(folder));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (Files.isDirectory(Path.of(entry))) classPath.add(Path.of(entry));
        }
        ApplicationCommand command = new ApplicationCommand(
                FakeApplication.class.getName(),
                new ClassPath(classPath),
                List.of(),
                List.of(file().toString()),
                folder);
        ProcessLog log = new ProcessLog(said::add, said::add, said::add, false);
        process = new ApplicationProcess(command, log);
    }

    @AfterEach
    void end() {
        process.close();
    }

    private Path file() {
        return folder.resolve("text");
    }

    private void text(String content) throws IOException {
        Files.writeString(file(), content);
    }

    /** Waits for a line of the log, and returns its rest. */
    private String await(String begin) throws InterruptedException {
        while (true) {
            String line = said.poll(60, TimeUnit.SECONDS);
            assertThat(line).as("the log has no line '%s'", begin).isNotNull();
            if (line.startsWith(begin)) return line.substring(begin.length());
        }
    }

    private URI start() throws InterruptedException {
        process.start(VITE, () -> {});
        return URI.create(await("Listening on "));
    }

    private HttpRequest request(URI url) {
        return HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(60)).build();
    }

    private HttpResponse<String> get(URI url) throws IOException, InterruptedException {
        return client.send(request(url), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void linesAreMarkedAndTheApplicationKnowsViteAndTheSecret() throws Exception {
        process.start(VITE, () -> {});
        assertThat(await("[app] ")).isEqualTo(VITE + " 64");
        assertThat(get(URI.create(await("Listening on "))).body()).isEqualTo("one");
    }

    @Test
    void requestsWaitWhileChangedClassesAreStarted() throws Exception {
        URI url = start();
        assertThat(get(url).body()).isEqualTo("one");
        text("two");
        await("Classes have changed; restarting the application");
        // on the connection of the first request, and on another
        CompletableFuture<HttpResponse<String>> other =
                HttpClient.newHttpClient().sendAsync(request(url), HttpResponse.BodyHandlers.ofString());
        assertThat(get(url).body()).isEqualTo("two");
        assertThat(other.join().body()).isEqualTo("two");
        assertThat(URI.create(await("Listening on "))).isEqualTo(url);
    }

    @Test
    void anApplicationThatFailsLeavesAPageThatSaysWhyUntilItsClassesChange() throws Exception {
        URI url = start();
        text("");
        await("The application has ended with exit code 1; it starts again when its classes change");
        HttpResponse<String> failed = get(url);
        assertThat(failed.statusCode()).isEqualTo(503);
        assertThat(failed.body()).contains("the file is empty &amp; &lt;small>").contains(FailurePage.HEADER);
        text("three");
        await("Listening on ");
        assertThat(get(url).body()).isEqualTo("three");
    }

    @Test
    void thePortOfTheApplicationClosesWithIt() throws Exception {
        URI url = start();
        process.close();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> get(url))
                .isInstanceOf(java.net.ConnectException.class);
    }
}
