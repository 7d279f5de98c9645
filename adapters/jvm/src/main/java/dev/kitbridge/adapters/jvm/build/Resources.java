package dev.kitbridge.adapters.jvm.build;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Project;
import dev.kitbridge.server.packed.PackedApp;
import dev.kitbridge.services.internal.ServiceFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Writes the app into the folder of the module's classes. From there, it gets into the module's jar, the nested classes
 * of a Spring Boot jar, or {@code WEB-INF/classes} of a WAR. {@link PackedApp} finds it on the class path.
 */
final class Resources implements Entries {

    private static final List<String> PACKAGINGS = List.of("jar", "war");

    private final Path classes;
    private final Set<Path> written = new HashSet<>();

    Resources(Path classes) {
        this.classes = classes;
    }

    /** @throws AdapterException if the artifact cannot contain the app */
    static void check(Project project) {
        if (!PACKAGINGS.contains(project.packaging())) {
            throw new AdapterException("<target>resources</target> packs the app into a jar or a WAR, but the module's"
                    + " packaging is " + project.packaging() + "; remove <target> to write an executable jar");
        }
        Path artifact = project.mainArtifact();
        if (artifact == null) return;
        throw new AdapterException("<target>resources</target> packs the app into the module's " + project.packaging()
                + ", but " + artifact.getFileName() + " has already been packaged; bind the goal to an earlier phase:"
                + " <execution><phase>prepare-package</phase><goals><goal>adapt</goal></goals></execution>");
    }

    /** Writes the app, and deletes files of the previous one. */
    static void write(Builder builder, JvmOptions options, Path app, List<Background<PackedRuntime>> runtimes)
            throws IOException {
        Project project = builder.project();
        Resources out = new Resources(project.classesDirectory());
        PackedFiles files = new PackedFiles(builder, options, out);
        // a build that fails half-way leaves no app that seems complete
        Files.deleteIfExists(out.classes.resolve(PackedApp.PROPERTIES));
        files.write(app, runtimes);
        out.writeServices(project);
        out.deleteOthers();
        files.writeProperties();
        builder.log()
                .success("Wrote the app to "
                        + project.baseDirectory().relativize(out.classes.resolve(PackedApp.FOLDER))
                        + "; kitbridge-spring-boot-starter and kitbridge-servlet serve it");
    }

    /** Lists the services, which a WAR loads; Spring Boot has beans instead. */
    private void writeServices(Project project) throws IOException {
        List<Path> classPath = new ArrayList<>();
        classPath.add(classes);
        for (Project.Dependency dependency : project.dependencies()) classPath.add(dependency.file());
        List<String> services = ServiceFinder.find(classPath);
        if (!services.isEmpty()) write(PackedApp.SERVICES, String.join("\n", services) + "\n");
    }

    private Path file(String name) throws IOException {
        Path file = classes.resolve(name);
        written.add(file);
        Files.createDirectories(file.getParent());
        return file;
    }

    @Override
    public void write(String name, byte[] content) throws IOException {
        Files.write(file(name), content);
    }

    @Override
    public void write(String name, Path source) throws IOException {
        Path file = file(name);
        // the runtime has 45 MB; the digest of a file that was changed by hand fails when it is unpacked
        if (Files.isRegularFile(file) && Files.size(file) == Files.size(source) && time(file) == time(source)) return;
        Files.copy(source, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** Returns the time in the precision that copies keep on each Java. */
    private static long time(Path file) throws IOException {
        return Files.getLastModifiedTime(file).to(TimeUnit.MICROSECONDS);
    }

    @Override
    public void store(String name, Path source) throws IOException {
        write(name, source);
    }

    void deleteOthers() throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(classes.resolve(PackedApp.FOLDER))) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            if (!written.contains(file)) Files.delete(file);
        }
    }
}
