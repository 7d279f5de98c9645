package dev.kitbridge.maven.application;

import dev.kitbridge.maven.process.ProcessLog;
import dev.kitbridge.maven.services.ClassPath;
import dev.kitbridge.maven.services.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How to start an application.
 *
 * @param mainClass its main class
 * @param classPath the module's classes and its dependencies
 * @param jvm arguments for its JVM
 * @param arguments of its main method
 * @param directory its working directory
 */
public record ApplicationCommand(
        String mainClass, ClassPath classPath, List<String> jvm, List<String> arguments, Path directory) {

    /** @param colours whether its log goes to a terminal */
    List<String> line(URI vite, boolean colours) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // a short-lived JVM that starts often
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-Dkitbridge.dev.vite=" + vite,
                // it would restart the application too
                "-Dspring.devtools.restart.enabled=false",
                "-Dspring.devtools.livereload.enabled=false"));
        if (colours) line.add("-Dspring.output.ansi.enabled=always");
        line.addAll(jvm);
        line.addAll(List.of("-cp", classPath.text(), mainClass));
        line.addAll(arguments);
        return line;
    }

    /** Returns the application as services for a build, not started yet. */
    public ServiceProcess services(ProcessLog log) throws IOException {
        return ServiceProcess.ofApplication(classPath, jvm, mainClass, arguments, directory, log.marked("[app] "));
    }

    /** Returns the file of the main class below a folder of classes. */
    Path mainFile(Path classes) {
        return classes.resolve(mainClass.replace('.', '/') + ".class");
    }
}
