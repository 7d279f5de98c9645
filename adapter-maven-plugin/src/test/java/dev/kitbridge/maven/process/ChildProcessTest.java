package dev.kitbridge.maven.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class ChildProcessTest {

    @TempDir
    Path temp;

    private ChildProcess child(String script) {
        return new ChildProcess(List.of("/bin/sh", "-c", script), temp, Map.of("WORD", "value"));
    }

    @Test
    void linesOfBothStreamsArriveWithTheirOrigin() throws IOException {
        List<String> lines = new ArrayList<>();
        ChildProcess.Result result = child("echo one; echo two >&2; echo three")
                .run((text, error) -> lines.add((error ? "err " : "out ") + text), seconds -> {});
        assertThat(result.succeeded()).isTrue();
        assertThat(lines).containsExactlyInAnyOrder("out one", "err two", "out three");
        assertThat(result.tail()).containsExactlyInAnyOrder("one", "two", "three");
    }

    @Test
    void theExitCodeIsKept() throws IOException {
        ChildProcess.Result result = child("echo last words; exit 7").run();
        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.succeeded()).isFalse();
        assertThat(result.text()).isEqualTo("last words");
    }

    @Test
    void onlyTheLastLinesAreKept() throws IOException {
        ChildProcess.Result result = child("i=1; while [ $i -le 100 ]; do echo line $i; i=$((i + 1)); done")
                .run();
        assertThat(result.tail())
                .containsExactlyElementsOf(IntStream.rangeClosed(61, 100)
                        .mapToObj(i -> "line " + i)
                        .toList());
    }

    @Test
    void aLastLineWithoutAnEndIsKept() throws IOException {
        assertThat(child("printf 'no end'").run().text()).isEqualTo("no end");
    }

    @Test
    void outputIsReadAsUtf8() throws IOException {
        assertThat(child("printf 'gr\\303\\274n'").run().text()).isEqualTo("gr\u00fcn");
    }

    @Test
    void itRunsInItsFolderWithItsVariables() throws IOException {
        assertThat(child("pwd -P; echo $WORD").run().tail())
                .containsExactly(temp.toRealPath().toString(), "value");
    }

    @Test
    void inputArrivesWhileTheChildRuns() throws IOException {
        try (ChildProcess.Running running = child("read line; echo heard $line").start()) {
            running.tell("gr\u00fcn");
            assertThat(running.await((text, error) -> {}, seconds -> {}).text()).isEqualTo("heard gr\u00fcn");
        }
    }

    @Test
    void aLineCanBeAwaitedAndLaterOutputIsKeptForTheNextReceiver() throws IOException {
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        try (ChildProcess.Running running =
                child("echo one; echo DONE; echo two; read line; echo $line").start()) {
            assertThat(running.awaitLine("DONE", (text, error) -> before.add(text), seconds -> {}))
                    .isTrue();
            running.tell("three");
            assertThat(running.await((text, error) -> after.add(text), seconds -> {})
                            .succeeded())
                    .isTrue();
        }
        assertThat(before).containsExactly("one");
        assertThat(after).containsExactly("two", "three");
    }

    @Test
    void aMarkedLineIsFoundAfterAnUnterminatedLine() throws IOException {
        List<String> before = new ArrayList<>();
        String done = ChildProcess.MARK + "DONE";
        try (ChildProcess.Running running =
                child("printf 'x '; printf '\\036DONE\\n'; read line").start()) {
            assertThat(running.awaitLine(done, (text, error) -> before.add(text), seconds -> {}))
                    .isTrue();
            running.tell("");
        }
        assertThat(before).containsExactly("x ");
    }

    @Test
    void waitingForALineEndsWithTheChild() throws IOException {
        try (ChildProcess.Running running = child("echo one; exit 4").start()) {
            assertThat(running.awaitLine("DONE", (text, error) -> {}, seconds -> {}))
                    .isFalse();
            ChildProcess.Result result = running.await((text, error) -> {}, seconds -> {});
            assertThat(result.exitCode()).isEqualTo(4);
            assertThat(result.tail()).containsExactly("one");
        }
    }

    @Test
    void inputForAnEndedChildIsIgnored() throws IOException {
        try (ChildProcess.Running running = child("exit 3").start()) {
            running.await((text, error) -> {}, seconds -> {});
            running.tell("anything");
            assertThat(running.await((text, error) -> {}, seconds -> {}).exitCode())
                    .isEqualTo(3);
        }
    }

    @Test
    void aChildThatIsClosedEnds() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        List<Long> ids = new ArrayList<>();
        ChildProcess.Running running = child("echo $$; cat").start();
        Thread reader = new Thread(() -> {
            try {
                running.await(
                        (text, error) -> {
                            ids.add(Long.valueOf(text));
                            started.countDown();
                        },
                        seconds -> {});
            } catch (IOException e) {
                // the test fails if the process does not end
            }
        });
        reader.start();
        started.await();
        Optional<ProcessHandle> process = ProcessHandle.of(ids.get(0));
        running.close();
        reader.join();
        assertThat(process.map(ProcessHandle::isAlive).orElse(false)).isFalse();
    }

    @Test
    void aProgramThatIsMissingIsAnError() {
        ChildProcess missing = new ChildProcess(List.of(temp.resolve("missing").toString()), temp, Map.of());
        assertThatThrownBy(missing::run).isInstanceOf(IOException.class).hasMessageContaining("missing");
    }

    @Test
    void anInterruptEndsTheProcessAndItsDescendants() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        List<Long> ids = new ArrayList<>();
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        // the shell waits for its own child, and neither would end
        ChildProcess endless = child("cat /dev/zero > /dev/null & echo $!; echo $$; wait");
        Thread thread = new Thread(() -> {
            try {
                endless.run(
                        (text, error) -> {
                            ids.add(Long.valueOf(text));
                            if (ids.size() == 2) started.countDown();
                        },
                        seconds -> {});
                outcome.complete(null);
            } catch (IOException e) {
                outcome.complete(Thread.currentThread().isInterrupted() ? e : null);
            }
        });
        thread.start();
        started.await();
        List<ProcessHandle> processes =
                ids.stream().flatMap(id -> ProcessHandle.of(id).stream()).toList();
        assertThat(processes).hasSize(2);
        thread.interrupt();
        assertThat(outcome.get()).isInstanceOf(IOException.class).hasMessage("interrupted while running /bin/sh");
        for (ProcessHandle process : processes) process.onExit().get();
    }
}
