package dev.kitbridge.adapters.statics;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The site in the module's own artifact. In a jar it lies below {@code META-INF/resources}, from where Spring Boot,
 * Quarkus and Servlet 3 containers serve it. In a WAR it lies at the root: containers serve {@code META-INF/resources}
 * of the jars in {@code WEB-INF/lib}, but not that of {@code WEB-INF/classes} (Servlet 6.0, 4.6).
 */
final class Resources {

    private static final List<String> PACKAGINGS = List.of("jar", "war");

    private Resources() {}

    /** @throws AdapterException if the artifact would not hold the site */
    static void check(Project project) {
        if (!PACKAGINGS.contains(project.packaging())) {
            throw new AdapterException("<target>resources</target> puts the site into a jar or a WAR, and the module's"
                    + " packaging is " + project.packaging() + "; leave <target> out to write a folder");
        }
        if (project.mainArtifact() == null) return;
        throw new AdapterException("<target>resources</target> puts the site into the module's "
                + project.packaging() + ", but " + project.mainArtifact().getFileName()
                + " has already been made; bind the goal to an earlier phase:"
                + " <execution><phase>prepare-package</phase><goals><goal>adapt</goal></goals></execution>");
    }

    /**
     * Copies the site to where the artifact takes its content from, and removes files of the previous site: they have
     * other hashes in their names.
     *
     * @return where the site is now
     */
    static Path write(Builder builder, Path site) throws IOException {
        Path resources = folder(builder.project());
        Path list = builder.buildDirectory("resources.txt");
        if (Files.isRegularFile(list)) {
            for (String name : Files.readAllLines(list)) {
                Path old = resources.resolve(name).normalize();
                if (old.startsWith(resources)) Files.deleteIfExists(old);
            }
        }
        // a container serves a WAR below its context path, which stands for the base
        String base = isWar(builder.project()) ? "" : builder.config().base();
        Path root = base.isEmpty() ? resources : resources.resolve(base.substring(1));
        List<String> files = new ArrayList<>();
        for (Path entry : entries(site)) {
            String name = entry.getFileName().toString();
            List<String> copied = builder.copy(entry, root.resolve(name));
            if (Files.isDirectory(entry)) copied.forEach(file -> files.add(name + "/" + file));
            else files.add(name);
        }
        Files.createDirectories(list.getParent());
        Files.write(
                list,
                files.stream()
                        .map(file -> resources.relativize(root.resolve(file)).toString())
                        .toList());
        return root;
    }

    /** For a WAR: the folder that maven-war-plugin completes and packs, unless its webappDirectory is set. */
    private static Path folder(Project project) {
        return isWar(project)
                ? project.buildDirectory().resolve(project.finalName())
                : project.classesDirectory().resolve("META-INF/resources");
    }

    private static boolean isWar(Project project) {
        return project.packaging().equals("war");
    }

    /** Each is copied by itself: the folder that they are copied to has files of others, which are not our output. */
    private static List<Path> entries(Path site) throws IOException {
        try (Stream<Path> entries = Files.list(site)) {
            return entries.sorted().toList();
        }
    }
}
