package dev.kitbridge.maven.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.vite.BuildOutput;
import dev.kitbridge.maven.vite.JavaServices;
import dev.kitbridge.platform.PlatformService;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessTest {

    /** Has an implementation if the test writes so. */
    @PlatformService("bell")
    public interface Bell {
        String ring();
    }

    /** Rings. */
    public static final class Brass implements Bell {
        @Override
        public String ring() {
            return "clang";
        }
    }

    /** Leaves a line open, and takes standard input and output for itself. */
    public static final class Loud implements Bell {

        public Loud() throws IOException {
            System.out.print("x ");
            System.out.flush();
            System.in.close();
            System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        }

        @Override
        public String ring() {
            return "dong";
        }
    }

    @TempDir
    Path folder;

    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    private ServiceProcess process() throws IOException {
        List<Path> entries = new ArrayList<>(List.of(folder));
        // jars stay as they are; classes of the tests are enough of the rest
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry));
        }
        return new ServiceProcess(
                new ClassPath(entries),
                List.of(Bell.class.getName()),
                List.of(),
                folder,
                new BuildOutput(said::add, said::add, said::add, false));
    }

    private void implement() throws IOException {
        implement(Brass.class);
    }

    private void implement(Class<? extends Bell> implementation) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(Bell.class.getName()), implementation.getName() + "\n");
    }

    @Test
    void nothingRunsUntilSomebodyAsks() throws IOException {
        implement();
        try (ServiceProcess process = process()) {
            assertThat(said).isEmpty();
            JavaServices.Address address = process.address();
            assertThat(address.secret()).matches("[0-9a-f]{64}");
            assertThat(said).contains("Services: bell");
            assertThat(process.address()).isEqualTo(address);
        }
    }

    @Test
    void whatServicesWriteDoesNotHideThatTheyAreReady() throws IOException {
        implement(Loud.class);
        try (ServiceProcess process = process()) {
            process.address();
            assertThat(said).containsExactly("x ", "Services: bell");
        }
    }

    @Test
    void changedClassesAreServedByAnotherAtTheSameAddress() throws IOException {
        implement();
        try (ServiceProcess process = process()) {
            JavaServices.Address before = process.address();
            Files.writeString(folder.resolve("changed.txt"), "new");
            assertThat(process.address()).isEqualTo(before);
            assertThat(said)
                    .containsSubsequence(
                            "Services: bell",
                            "Classes have changed: the module's services start again",
                            "Services: bell");
        }
    }

    @Test
    void whyServicesDoNotStartIsSaidUntilTheyDo() throws IOException {
        try (ServiceProcess process = process()) {
            assertThatThrownBy(process::address)
                    .isInstanceOf(UserFailure.class)
                    .hasMessageContaining("The module's services ended with exit code 1; their last lines:")
                    .hasMessageContaining("Nothing implements the service");
            implement();
            process.address();
            assertThat(said).contains("Services: bell");
        }
    }

    @Test
    void classesThatACompilerHasTakenAwayAreWaitedFor() throws Exception {
        implement();
        try (ServiceProcess process = process()) {
            process.address();
            Files.delete(folder.resolve("META-INF/services").resolve(Bell.class.getName()));
            CompletableFuture<JavaServices.Address> asked = CompletableFuture.supplyAsync(process::address);
            while (!said.contains("Classes have changed: the module's services start again")) Thread.sleep(10);
            // longer than a compiler rests between two classes
            Thread.sleep(500);
            implement();
            asked.get(60, TimeUnit.SECONDS);
        }
        assertThat(said).noneMatch(line -> line.contains("could not be started"));
    }

    @Test
    void servicesNeedTheirInterfacesAndWhatImplementsThem() throws IOException {
        implement();
        Path classes = Path.of(
                Brass.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        String name = Bell.class.getName().replace('.', '/');
        assertThat(new ClassPath(List.of(folder, classes)).needed(List.of(Bell.class.getName())))
                .containsExactlyInAnyOrder(
                        folder.resolve("META-INF/services").resolve(Bell.class.getName()),
                        classes.resolve(name + ".class"),
                        classes.resolve(Brass.class.getName().replace('.', '/') + ".class"));
    }

    @Test
    void servicesThatHaveEndedStartAgain() throws Exception {
        implement();
        List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
        try (ServiceProcess process = process()) {
            process.address();
            List<ProcessHandle> started =
                    new ArrayList<>(ProcessHandle.current().descendants().toList());
            started.removeAll(before);
            started.get(0).destroyForcibly();
            started.get(0).onExit().join();
            // its output is read to the end first
            while (said.stream().filter("Services: bell"::equals).count() < 2) {
                process.address();
                Thread.sleep(10);
            }
            assertThat(said).contains("The module's services have ended, and start again");
        }
    }

    @Test
    void theEndLeavesNothing() throws IOException {
        implement();
        List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
        List<ProcessHandle> started;
        try (ServiceProcess process = process()) {
            process.address();
            started = new ArrayList<>(ProcessHandle.current().descendants().toList());
            started.removeAll(before);
            assertThat(started).isNotEmpty();
        }
        for (ProcessHandle handle : started) handle.onExit().join();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly("META-INF");
        }
    }
}
