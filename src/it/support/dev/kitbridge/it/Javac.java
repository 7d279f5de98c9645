package dev.kitbridge.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compiles one class of a module's services, as an IDE would while {@code adapter:dev} runs. */
public final class Javac {

    private Javac() {}

    /** Returns the program. */
    public static String program() {
        return Path.of(System.getProperty("java.home"), "bin", "javac").toString();
    }

    /** Returns the class path of a module that needs only {@code kitbridge-platform} to compile. */
    public static String classPath(Object module, Object localRepository) {
        Path platform = App.path(localRepository).resolve("dev/kitbridge/kitbridge-platform");
        try (Stream<Path> files = Files.walk(platform)) {
            return Stream.concat(Stream.of(classes(module)), files.filter(file -> file.toString()
                            .endsWith(".jar")))
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles a file to the module's classes. */
    public static void compile(Object module, Object localRepository, Object source) {
        List<String> command = List.of(
                program(),
                "-cp",
                classPath(module, localRepository),
                "-d",
                classes(module).toString(),
                App.path(source).toString());
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) throw new AssertionError(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Path classes(Object module) {
        return App.path(module).resolve("target/classes");
    }
}
