package dev.kitbridge.server.internal.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Await;
import dev.kitbridge.server.Requests;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Server;
import dev.kitbridge.server.TestApp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers do not outlive their JVM. */
class GuardTest {

    @TempDir
    Path folder;

    /** A separate JVM with one worker, which behaves as its argument says and prints its process id. */
    public static final class Main {

        private Main() {}

        public static void main(String[] arguments) throws Exception {
            TestApp app = TestApp.in(Path.of(arguments[0]));
            Server server = Server.open(app.folder(), app.init(arguments[1]));
            if (arguments[1].equals("works")) {
                server.started().join();
                String pid = TestApp.text(Requests.answer(server, "/pid"));
                var loop = server.respond(Requests.get(arguments[2]), RespondOptions.of(""));
                if (arguments[2].equals("/loop")) app.awaitOutput("loops");
                else loop.join();
                System.out.println(pid);
            } else {
                System.out.println(app.awaitOutput("loops").substring("loops ".length()));
            }
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private void killed(String start, String target) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // contains the folder of sockets
                "-Djava.io.tmpdir=" + folder,
                "-Dkitbridge.test.runtime=" + TestApp.runtime(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                folder.resolve("app").toString(),
                start,
                target));
        Process jvm = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ProcessHandle worker;
        try (BufferedReader said = jvm.inputReader()) {
            worker = ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
        } finally {
            jvm.destroyForcibly().waitFor();
        }
        Await.until("the worker's end", () -> hasEnded(worker));
        Await.until("the end of the folder of sockets", () -> sockets().isEmpty());
    }

    private List<Path> sockets() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith("kitbridge"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A process that has exited keeps its entry until its parent reads the exit code. */
    private static boolean hasEnded(ProcessHandle process) {
        if (!process.isAlive()) return true;
        Path status = Path.of("/proc", String.valueOf(process.pid()), "stat");
        try {
            return Files.readString(status).replaceFirst(".*\\) ", "").startsWith("Z");
        } catch (IOException e) {
            return !process.isAlive();
        }
    }

    @Test
    void aWorkerThatWorks() throws Exception {
        killed("works", "/hello");
    }

    @Test
    void aWorkerInAnEndlessLoop() throws Exception {
        killed("works", "/loop");
    }

    @Test
    void aWorkerThatIsInAnEndlessLoopFromItsStart() throws Exception {
        killed("loops", "");
    }

    @Test
    void onlyRunningWorkersAreKilled() throws Exception {
        Process sleeps = new ProcessBuilder("sleep", "60").start();
        Process other = new ProcessBuilder("sleep", "60").start();
        try (Guard guard = new Guard(folder.resolve("sockets"))) {
            guard.add(sleeps.pid());
            guard.add(other.pid());
            guard.remove(other.pid());
        }
        try {
            assertThat(sleeps.waitFor()).isEqualTo(137);
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }
}
