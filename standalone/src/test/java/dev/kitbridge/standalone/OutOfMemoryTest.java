package dev.kitbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs in a separate process, which exits. */
class OutOfMemoryTest {

    /** The error that a thread of the process throws. */
    public static final class Throwing {

        private Throwing() {}

        public static void main(String[] arguments) throws Exception {
            Thread.setDefaultUncaughtExceptionHandler(new OutOfMemory());
            Runnable work = () -> {
                if (arguments[0].equals("other")) throw new IllegalStateException("something else");
                long[] all = new long[Integer.MAX_VALUE];
                throw new IllegalStateException("there is room for " + all.length);
            };
            if (arguments[0].equals("pool")) {
                Executors.newSingleThreadExecutor().execute(work);
                TimeUnit.MINUTES.sleep(5);
            } else {
                Thread thread = new Thread(work, "of the server");
                thread.start();
                thread.join();
            }
        }
    }

    private record Result(int code, String said) {}

    private static Result run(String what) throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-cp",
                        classPath,
                        Throwing.class.getName(),
                        what)
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), said);
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "pool"})
    void aThreadThatRunsOutOfMemoryEndsTheProcess(String what) throws Exception {
        assertThat(run(what))
                .isEqualTo(new Result(
                        OutOfMemory.EXIT_CODE, "The heap is full, and the server exits; increase it with -Xmx\n"));
    }

    @Test
    void anotherExceptionEndsItsThreadOnly() throws Exception {
        Result result = run("other");
        assertThat(result.code()).isZero();
        assertThat(result.said())
                .contains("The thread of the server has died")
                .contains("java.lang.IllegalStateException: something else");
    }
}
