package dev.kitbridge.maven.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.process.ProcessLog;
import dev.kitbridge.platform.PlatformService;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessTest {

    /** A service whose implementation the test names. */
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

    /** Writes an unterminated line, and replaces standard input and output. */
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

    private ServiceProcess process(String... jvm) throws IOException {
        List<Path> entries = new ArrayList<>(List.of(folder));
        // only jars and the classes of the tests are needed
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry));
        }
        return new ServiceProcess(
                new ClassPath(entries),
                List.of(Bell.class.getName()),
                List.of(jvm),
                folder,
                new ProcessLog(said::add, said::add, said::add, false));
    }

    private void implement() throws IOException {
        implement(Brass.class);
    }

    private void implement(Class<? extends Bell> implementation) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(Bell.class.getName()), implementation.getName() + "\n");
    }

    @Test
    void nothingRunsBeforeTheFirstCall() throws IOException {
        implement();
        try (ServiceProcess process = process()) {
            assertThat(said).isEmpty();
            JavaServices.Address address = process.address();
            assertThat(address.secret()).matches("[0-9a-f]{64}");
            assertThat(said).contains("Services: bell");
            assertThat(process.address()).isEqualTo(address);
        }
    }

    /** Returns whether the services accept a connection. */
    private static boolean isOpen(JavaServices.Address address) {
        try {
            if (address.address().matches("\\d+")) {
                new Socket("127.0.0.1", Integer.parseInt(address.address())).close();
            } else {
                SocketChannel.open(UnixDomainSocketAddress.of(address.address()))
                        .close();
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Path names() {
        return folder.resolve("META-INF/services").resolve(Bell.class.getName());
    }

    @Test
    void outputOfServicesDoesNotHideTheReadyLine() throws IOException {
        implement(Loud.class);
        try (ServiceProcess process = process()) {
            process.address();
            assertThat(said).containsExactly("x", "Services: bell");
        }
    }

    @Test
    void changedClassesAreServedByAnother() throws IOException {
        implement();
        try (ServiceProcess process = process()) {
            JavaServices.Address before = process.address();
            Files.writeString(folder.resolve("changed.txt"), "new");
            JavaServices.Address after = process.address();
            assertThat(after).isNotEqualTo(before);
            assertThat(isOpen(after)).isTrue();
            assertThat(isOpen(before)).isFalse();
            assertThat(said)
                    .containsSubsequence(
                            "Services: bell",
                            "Classes have changed; restarting the module's services",
                            "Services: bell");
        }
    }

    @Test
    void theErrorOfServicesIsReportedUntilTheyStart() throws IOException {
        try (ServiceProcess process = process()) {
            assertThatThrownBy(process::address)
                    .isInstanceOf(UserFailure.class)
                    .hasMessage("The classes of the module's services cannot be loaded: Nothing implements the service "
                            + Bell.class.getName() + "; expected the implementation's name in META-INF/services/"
                            + Bell.class.getName());
            implement();
            process.address();
            assertThat(said).contains("Services: bell");
        }
    }

    /** Deletes classes as Maven's compiler does before it compiles; if it fails, they stay deleted. */
    @Test
    void servicesRunOnAfterACompilerHasRemovedClasses() throws Exception {
        implement();
        try (ServiceProcess process = process()) {
            JavaServices.Address before = process.address();
            Files.delete(names());
            assertThat(process.address()).isEqualTo(before);
            String told = "The compiler has removed " + names()
                    + "; the module's services keep running with their old classes until it is written again";
            while (!said.contains(told)) {
                assertThat(process.address()).isEqualTo(before);
                Thread.sleep(50);
            }
            assertThat(isOpen(before)).isTrue();
            implement();
            assertThat(process.address()).isNotEqualTo(before);
            assertThat(said.stream().filter(told::equals)).hasSize(1);
        }
    }

    /** A class file of an editor may be broken, or need a missing class. */
    @Test
    void servicesKeepRunningWhileChangedClassesCannotBeLoaded() throws Exception {
        implement();
        try (ServiceProcess process = process()) {
            JavaServices.Address before = process.address();
            Files.writeString(names(), "org.example.Missing\n");
            assertThat(process.address()).isEqualTo(before);
            assertThat(isOpen(before)).isTrue();
            assertThat(said)
                    .anyMatch(line -> line.startsWith("The classes of the module's services cannot be loaded: ")
                            && line.contains("org.example.Missing")
                            && line.endsWith("; the services keep running with their old classes"));
            implement();
            assertThat(process.address()).isNotEqualTo(before);
        }
    }

    /** A resource such as the port of a debugger in {@code servicesArguments}. */
    @Test
    void anExclusiveResourceIsReleasedBeforeTheReplacementStarts() throws Exception {
        implement();
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String debugger = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + port;
        try (ServiceProcess process = process(debugger)) {
            JavaServices.Address before = process.address();
            Files.writeString(folder.resolve("changed.txt"), "new");
            JavaServices.Address after = process.address();
            assertThat(after).isNotEqualTo(before);
            assertThat(isOpen(after)).isTrue();
        }
    }

    @Test
    void anImplementationMayBeRenamed() throws Exception {
        implement();
        Path old = folder.resolve(Brass.class.getName().replace('.', '/') + ".class");
        Files.createDirectories(old.getParent());
        Files.copy(classes().resolve(folder.relativize(old).toString()), old);
        ClassPath classPath = new ClassPath(List.of(folder));
        List<String> interfaces = List.of(Bell.class.getName());
        Set<Path> needed = classPath.needed(interfaces);
        Files.delete(old);
        assertThat(classPath.missing(interfaces, needed)).isEqualTo(old);
        Files.writeString(names(), "org.example.Other\n");
        assertThat(classPath.missing(interfaces, needed)).isNull();
    }

    private static Path classes() {
        return Path.of(
                Brass.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    @Test
    void servicesNeedTheirInterfacesAndImplementations() throws IOException {
        implement();
        Path classes = classes();
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
            // the output is read to its end first
            while (said.stream().filter("Services: bell"::equals).count() < 2) {
                process.address();
                Thread.sleep(10);
            }
            assertThat(said).contains("The module's services have exited; restarting them");
        }
    }

    @Test
    void theEndLeavesNoProcess() throws IOException {
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
