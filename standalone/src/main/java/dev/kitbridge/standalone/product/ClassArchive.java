package dev.kitbridge.standalone.product;

import dev.kitbridge.server.StartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a class data archive with the classes of a start, for a faster next start. */
public final class ClassArchive {

    private ClassArchive() {}

    /**
     * Starts the jar in another JVM, which writes the archive when it exits.
     *
     * @param file the archive; null for a file beside the jar
     * @param environment environment variables of that JVM
     * @return a message for the user
     */
    public static String make(Path jar, @Nullable Path file, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path archive = file == null ? beside(jar) : file;
        Path folder = archive.getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new StartException("The archive " + archive + " cannot be written: " + folder
                    + (folder != null && Files.isDirectory(folder)
                            ? " may not be written by this user"
                            : " is no folder")
                    + "; choose another file: --make-archive=/path/app.jsa");
        }
        Path part = archive.resolveSibling(archive.getFileName() + ".part");
        Path output = Files.createTempFile("kitbridge", ".log");
        try {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            ProcessBuilder builder = new ProcessBuilder(List.of(
                    java,
                    "-Xlog:disable",
                    "-Xlog:all=error:stdout",
                    "-XX:ArchiveClassesAtExit=" + part,
                    "-jar",
                    jar.toString(),
                    "--check"));
            builder.environment().clear();
            builder.environment().putAll(environment);
            builder.redirectErrorStream(true).redirectOutput(output.toFile());
            int code = builder.start().waitFor();
            if (code != 0 || !Files.isRegularFile(part)) {
                throw new StartException("The archive was not written; the start that it records "
                        + (code == 0 ? "left none" : "ended with exit code " + code) + ": " + last(output));
            }
            Files.move(part, archive, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
            Files.deleteIfExists(output);
        }
        return "Wrote " + archive + " (" + (Files.size(archive) >> 20)
                + " MiB), for this jar in this place and this Java; start with:\njava -XX:SharedArchiveFile=" + archive
                + " -jar " + jar;
    }

    private static Path beside(Path jar) {
        String name = String.valueOf(jar.getFileName());
        return jar.resolveSibling((name.endsWith(".jar") ? name.substring(0, name.length() - 4) : name) + ".jsa");
    }

    private static String last(Path output) throws IOException {
        List<String> lines = Files.readString(output, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
    }
}
