package dev.kitbridge.maven;

import dev.kitbridge.maven.process.ProcessLog;
import dev.kitbridge.maven.services.ClassPath;
import dev.kitbridge.maven.services.ServiceProcess;
import dev.kitbridge.server.services.ServiceFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipFile;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * A module's classes with what they need, and the services among them.
 *
 * @param classPath the module's own class path
 * @param interfaces names of all annotated interfaces
 */
record ModuleClasses(List<Path> classPath, List<String> interfaces) {

    private static final String PLATFORM = "kitbridge-platform";
    private static final String SERVER = "kitbridge-server";

    /**
     * Looks for services.
     *
     * @param tests whether those of the tests count
     */
    static ModuleClasses of(MavenProject project, boolean tests) throws IOException {
        boolean possible = project.getArtifacts().stream()
                .anyMatch(artifact -> artifact.getArtifactId().equals(PLATFORM));
        if (!possible) return new ModuleClasses(List.of(), List.of());
        try {
            List<String> elements = tests ? project.getTestClasspathElements() : project.getRuntimeClasspathElements();
            List<Path> paths = elements.stream().map(Path::of).toList();
            return new ModuleClasses(paths, ServiceFinder.find(paths));
        } catch (DependencyResolutionRequiredException e) {
            throw new IOException("the class path of " + project.getId() + " is not known", e);
        }
    }

    /**
     * The services that something implements, not started yet; null if there are none.
     *
     * @param jvm arguments for their JVM
     */
    @Nullable
    ServiceProcess services(PluginDescriptor plugin, List<String> jvm, Path directory, ProcessLog output)
            throws IOException {
        List<String> implemented = new ArrayList<>();
        for (String name : interfaces) {
            if (isThere("META-INF/services/" + name)) implemented.add(name);
            else
                output.warn("Nothing implements the service " + name + ", so the app cannot call it; an implementation"
                        + " is named in META-INF/services/" + name);
        }
        if (implemented.isEmpty()) return null;
        Set<Path> all = new LinkedHashSet<>(classPath);
        for (Artifact artifact : plugin.getArtifacts()) {
            if (artifact.getFile() != null && isOfServer(artifact))
                all.add(artifact.getFile().toPath());
        }
        return new ServiceProcess(new ClassPath(List.copyOf(all)), implemented, jvm, directory, output);
    }

    /** The server itself, and what came to the plugin through it. */
    private static boolean isOfServer(Artifact artifact) {
        if (artifact.getArtifactId().equals(SERVER)) return true;
        // the module has its own, the one that its services were compiled with
        if (artifact.getArtifactId().equals(PLATFORM)) return false;
        return Set.of("tools.jackson.core", "com.fasterxml.jackson.core", "org.ow2.asm", "org.jspecify")
                .contains(artifact.getGroupId());
    }

    private boolean isThere(String entry) throws IOException {
        for (Path path : classPath) {
            if (Files.isDirectory(path)) {
                if (Files.exists(path.resolve(entry))) return true;
            } else if (Files.isRegularFile(path) && path.toString().endsWith(".jar")) {
                try (ZipFile jar = new ZipFile(path.toFile())) {
                    if (jar.getEntry(entry) != null) return true;
                }
            }
        }
        return false;
    }
}
